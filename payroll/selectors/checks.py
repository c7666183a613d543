"""What to look at before freezing, and before sending to the host."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.clock import Month, civil_day, format_day, format_minutes
from ct_platform.kit.money import euros
from payroll.enums import SplitKind
from payroll.models import ContributionProfile, HostSettings, PayRun, SplitRule
from payroll.selectors.in_force import InForce
from payroll.selectors.sharing import Sharing
from projects.enums import WorkState
from projects.models import Sale, WorkEntry
from projects.selectors import weeks_in_doubt

LONG_DAY = 600  # minutes: above ten hours in a day, somebody should look (never a block)


@dataclass(frozen=True, slots=True)
class Check:
    """One line: tone ok or warn, what is so, and where to act."""

    tone: str
    text: str
    url: str = ""
    action: str = ""

    @property
    def icon(self) -> str:
        return "ok" if self.tone == "ok" else "alerte"


def before_freezing(run: PayRun, found: InForce, *, today: dt.date) -> list[Check]:
    """Everything that may be missing from the photograph. Costs five queries."""
    first, last = run.month, Month(run.month).last
    hours = reverse("projects:cohort_hours", kwargs={"cohort_id": run.cohort_id})
    return [
        _rule(run, found.rule),
        *_host(found.settings, found.profile),
        *_month(last, today),
        *_noted(run, first, last, hours),
        _in_doubt(run, first, last, today, hours),
        _unpaid(run),
    ]


def before_sending(run: PayRun, sharing: Sharing) -> list[Check]:
    """What the coordinator and the host should have seen. Costs no query."""
    days: dict[tuple[int, str], int] = {}
    for person in run.photograph["people"]:
        for _key, day, minutes, _kind in person["entries"]:
            spot = (person["enrolment"], day)
            days[spot] = days.get(spot, 0) + minutes
    checks = [
        confirmed(run.profile) if run.makes_slips else _made_elsewhere(run),
        _count_long(sum(1 for minutes in days.values() if minutes > LONG_DAY)),
    ]
    papers = [p["name"] for p in run.photograph["people"] if p["contract"] is None]
    if papers:
        checks.append(
            Check(
                "warn", _("Pas de contrat enregistré : %(names)s.") % {"names": ", ".join(papers)}
            )
        )
    if jobless := _without_job(run, sharing):
        checks.append(
            Check(
                "warn",
                _("Bulletin sans emploi ni classification, pourtant obligatoires : %(names)s.")
                % {"names": ", ".join(jobless)},
            )
        )
    if sharing.without_slip:
        names = ", ".join(sharing.without_slip)
        checks.append(
            Check(
                "warn",
                _("Pas de bulletin ce mois-ci, tout est gardé pour la suite : %(names)s.")
                % {"names": names},
            )
        )
    if sharing.large_remainders:
        names = ", ".join(sharing.large_remainders)
        checks.append(Check("warn", _("Reste de plus de 1 € : %(names)s.") % {"names": names}))
    return checks


def _without_job(run: PayRun, sharing: Sharing) -> list[str]:
    """Under an employment contract a slip names the job (C. trav. R3243-1, 4°); under a CAPE, none."""
    if not run.makes_slips or run.photograph["profile"]["code"] == "cape":
        return []
    return [
        row.name
        for row in sharing.people
        if row.share.slip is not None and not row.share.enrolment.activity.strip()
    ]


def is_estimate(profile: ContributionProfile | None) -> bool:
    """Amounts have no value as pay until the profile is confirmed."""
    return profile is None or not profile.is_confirmed


def confirmed(profile: ContributionProfile | None) -> Check:
    """Whether slips may ever be issued under this profile."""
    if profile is None:
        return Check("warn", _("La coopérative hôte n’a pas encore de profil de cotisations."))
    if profile.confirmed_at is None:
        return Check(
            "warn",
            _("Profil de cotisations pas encore confirmé par l’hôte : estimation seulement."),
        )
    return Check(
        "ok",
        _("Profil de cotisations confirmé le %(day)s.")
        % {"day": format_day(civil_day(profile.confirmed_at))},
    )


def _made_elsewhere(run: PayRun) -> Check:
    return Check(
        "ok",
        _("%(host)s fait les bulletins avec son logiciel : nos montants sont une estimation.")
        % {"host": run.cohort.host.name},
    )


def _rule(run: PayRun, rule: SplitRule | None) -> Check:
    decisions = reverse("decisions:of_cohort", kwargs={"cohort_id": run.cohort_id})
    if rule is None:
        return Check(
            "warn",
            _("Le groupe n’a pas encore voté de règle de partage."),
            decisions,
            _("Ouvrir un vote"),
        )
    words = {
        "version": rule.version,
        "rule": SplitKind(rule.kind).label,
        "day": format_day(rule.in_force_from),
    }
    if rule.in_force_from > Month(run.month).last:
        return Check(
            "warn",
            _(
                "Aucune règle n’était en vigueur ce mois-là. La règle adoptée depuis, n° %(version)s "
                "(« %(rule)s »), servira."
            )
            % words,
            decisions,
            _("Voir les décisions"),
        )
    return Check(
        "ok",
        _("Règle n° %(version)s : « %(rule)s », en vigueur depuis le %(day)s.") % words,
        decisions,
    )


def _host(settings: HostSettings | None, profile: ContributionProfile | None) -> list[Check]:
    checks = [confirmed(profile)]
    if settings is None:
        checks.append(Check("warn", _("La coopérative hôte n’a pas rempli ses réglages de paie.")))
    return checks


def _month(last: dt.date, today: dt.date) -> list[Check]:
    if today > last:
        return []
    return [
        Check(
            "warn",
            _(
                "Le mois n’est pas fini. Ce qui sera confirmé après la photo ira à la paie suivante."
            ),
        )
    ]


def _noted(run: PayRun, first: dt.date, last: dt.date, url: str) -> list[Check]:
    """Hours nobody confirmed yet, up to the last day, and days that are very long."""
    rows = (
        WorkEntry.objects.of_cohort(run.cohort_id)
        .standing()
        .filter(pay_run_key__isnull=True, day__lte=last)
        .order_by()
        .values_list("enrolment_id", "day", "state")
        .annotate(total=Sum("minutes"))
    )
    waiting: dict[int, int] = {}
    days: dict[tuple[int, dt.date], int] = {}
    for enrolment_id, day, state, minutes in rows:
        if state != WorkState.CONFIRMED:
            waiting[enrolment_id] = waiting.get(enrolment_id, 0) + minutes
        if day >= first:
            days[enrolment_id, day] = days.get((enrolment_id, day), 0) + minutes
    return [_unconfirmed(waiting, url), _count_long(sum(m > LONG_DAY for m in days.values()))]


def _unconfirmed(waiting: dict[int, int], url: str) -> Check:
    if not waiting:
        return Check("ok", _("Toutes les heures notées sont confirmées."), url)
    text = ngettext(
        "%(hours)s pas encore confirmées, chez %(n)s personne. Elles iraient à la paie suivante.",
        "%(hours)s pas encore confirmées, chez %(n)s personnes. Elles iraient à la paie suivante.",
        len(waiting),
    ) % {"hours": format_minutes(sum(waiting.values())), "n": len(waiting)}
    return Check("warn", text, url, _("Voir les heures"))


def _in_doubt(run: PayRun, first: dt.date, last: dt.date, today: dt.date, url: str) -> Check:
    weeks = weeks_in_doubt(run.cohort_id, max(first, run.cohort.starts_on), min(last, today))
    if not weeks:
        return Check("ok", _("Chaque semaine est notée ou déclarée."), url)
    people = len({week.enrolment_id for week in weeks})
    text = ngettext(
        "%(weeks)s sans heures ni « ma semaine est complète », chez %(n)s personne : zéro, ou oublié ?",
        "%(weeks)s sans heures ni « ma semaine est complète », chez %(n)s personnes : zéro, ou oublié ?",
        people,
    ) % {
        "weeks": ngettext("%(n)s semaine", "%(n)s semaines", len(weeks)) % {"n": len(weeks)},
        "n": people,
    }
    return Check("warn", text, url, _("Voir les semaines"))


def _unpaid(run: PayRun) -> Check:
    url = reverse("projects:activities", kwargs={"cohort_id": run.cohort_id})
    found = (
        Sale.objects.of_cohort(run.cohort_id)
        .standing()
        .filter(moved_on__isnull=True)
        .order_by()
        .aggregate(total=Sum("amount"), count=Count("pk"))
    )
    if not found["count"]:
        return Check("ok", _("Toutes les ventes notées sont payées."), url)
    total: Decimal = found["total"]
    text = ngettext(
        "%(n)s vente pas encore payée (%(total)s) : elle n’entre pas dans le pot.",
        "%(n)s ventes pas encore payées (%(total)s) : elles n’entrent pas dans le pot.",
        found["count"],
    ) % {"n": found["count"], "total": euros(total)}
    return Check("warn", text, url, _("Voir les ventes"))


def _count_long(days: int) -> Check:
    if not days:
        return Check("ok", _("Aucune journée au-dessus de 10 h."))
    text = ngettext(
        "%(n)s journée au-dessus de 10 h : à regarder ensemble.",
        "%(n)s journées au-dessus de 10 h : à regarder ensemble.",
        days,
    ) % {"n": days}
    return Check("warn", text)
