"""What must always be true of hours and money, checked by `check_consistency`."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from ct_platform.kit.clock import format_day
from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.models import TransitionLog
from projects.enums import WorkState
from projects.models import Expense, ExpenseClaim, Sale, WorkEntry
from projects.rules import DAY_MINUTES


def _locked_names_run() -> Iterable[str]:
    locked = Q(state=WorkState.LOCKED)
    wrong = WorkEntry.objects.filter(
        (locked & Q(pay_run_key__isnull=True)) | (~locked & Q(pay_run_key__isnull=False))
    )
    for entry in wrong:
        yield _("Heures n° %s : dans une paie sans la nommer, ou l’inverse.") % entry.pk


def _paid_hours_stand() -> Iterable[str]:
    for entry in WorkEntry.objects.filter(state=WorkState.LOCKED, withdrawn_at__isnull=False):
        yield _("Heures n° %s : retirées, et pourtant dans une paie.") % entry.pk


def _day_has_24_hours() -> Iterable[str]:
    days = (
        WorkEntry.objects.standing()
        .order_by()
        .values("enrolment_id", "day")
        .annotate(total=Sum("minutes"))
        .filter(total__gt=DAY_MINUTES)
    )
    for row in days:
        yield _("Parcours n° %(key)s, %(day)s : plus de 24 heures.") % {
            "key": row["enrolment_id"],
            "day": format_day(row["day"]),
        }


def _work_stays_home() -> Iterable[str]:
    wrong = WorkEntry.objects.filter(project__isnull=False).exclude(
        project__cohort_id=F("enrolment__cohort_id")
    )
    for entry in wrong:
        yield _("Heures n° %s : l’activité est d’une autre cohorte.") % entry.pk


def _nobody_confirms_themself() -> Iterable[str]:
    wrong = WorkEntry.objects.verified().filter(confirmed_by_id=F("enrolment__person_id"))
    for entry in wrong:
        yield _("Heures n° %s : confirmées par leur auteur.") % entry.pk


def _accepted_by_the_person() -> Iterable[str]:
    """Hours that another wrote count only once the person concerned said yes, themself."""
    yes = TransitionLog.objects.filter(
        model=WorkEntry._meta.label_lower,
        row_id=OuterRef("pk"),
        old=WorkState.OFFERED,
        new=WorkState.OPEN,
        by_person_id=OuterRef("enrolment__person_id"),
    )
    wrong = (
        WorkEntry.objects.standing()
        .exclude(entered_by_id=F("enrolment__person_id"))
        .exclude(Exists(yes))
    )
    for entry in wrong:
        yield _("Heures n° %s : notées par un autre, sans le oui de la personne.") % entry.pk


def _counted_money_stands() -> Iterable[str]:
    for model in (Sale, Expense):
        for row in model.objects.filter(pay_run_key__isnull=False).filter(
            Q(withdrawn_at__isnull=False) | Q(moved_on__isnull=True)
        ):
            yield _("%(what)s n° %(key)s : comptée dans une paie, mais retirée ou non payée.") % {
                "what": model._meta.verbose_name,
                "key": row.pk,
            }


def _money_stays_home() -> Iterable[str]:
    at_home = F("project__cohort_id")
    for what, path in (
        (_("avancée par quelqu’un"), "advanced_by"),
        (_("sur une décision"), "spending_limit"),
        (_("sur un justificatif"), "receipt"),
    ):
        wrong = Expense.objects.filter(**{f"{path}__isnull": False})
        for row in wrong.exclude(**{f"{path}__cohort_id": at_home}):
            words = {"key": row.pk, "what": what}
            yield _("Dépense n° %(key)s : %(what)s d’une autre cohorte.") % words


def _accepted_claims_are_expenses() -> Iterable[str]:
    """Advanced by who sent it, or by nobody; and the receipt follows."""
    for claim in ExpenseClaim.objects.filter(expense__isnull=False).select_related("expense"):
        expense = claim.expense
        assert expense is not None  # noqa: S101  filtered above
        sender = claim.enrolment_id if claim.is_advanced else None
        if claim.is_advanced and expense.advanced_by_id != sender:
            yield _("Dépense envoyée n° %s : avancée par une autre personne.") % claim.pk
        if claim.receipt_id and expense.receipt_id is None:
            yield _("Dépense envoyée n° %s : son justificatif est perdu.") % claim.pk


def register_all() -> None:
    for code, sentence, check in (
        (
            "projects.locked_names_run",
            "Des heures verrouillées nomment leur paie.",
            _locked_names_run,
        ),
        (
            "projects.paid_hours_stand",
            "Des heures payées ne sont pas retirées.",
            _paid_hours_stand,
        ),
        ("projects.day_has_24_hours", "Une journée a 24 heures au plus.", _day_has_24_hours),
        (
            "projects.work_stays_home",
            "On travaille dans sa propre coopérative.",
            _work_stays_home,
        ),
        (
            "projects.nobody_confirms_themself",
            "Les heures sont confirmées par une autre personne.",
            _nobody_confirms_themself,
        ),
        (
            "projects.accepted_by_the_person",
            "Des heures notées par un autre ne comptent qu’après le oui de la personne.",
            _accepted_by_the_person,
        ),
        (
            "projects.counted_money_stands",
            "L’argent compté dans une paie est payé et n’est pas retiré.",
            _counted_money_stands,
        ),
        (
            "projects.money_stays_home",
            "Une dépense, qui l’avance, sa décision et son justificatif sont d’une seule cohorte.",
            _money_stays_home,
        ),
        (
            "projects.accepted_claims_are_expenses",
            "Une dépense envoyée puis acceptée garde son justificatif et qui l’a avancée.",
            _accepted_claims_are_expenses,
        ),
    ):
        register(Invariant(code, sentence, check))
