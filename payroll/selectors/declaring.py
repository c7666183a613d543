"""What to tell France Travail and the CAF of one pay, and by when, in plain words."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import MONTHS, format_day, format_minutes, of_month
from ct_platform.kit.money import euros
from payroll.models import PayRun, Share
from payroll.rules.declaring import Window, monthly_statement, quarterly_statements


@dataclass(frozen=True, slots=True)
class Told:
    """To whom, what, and the badge that says when."""

    who: str
    texts: tuple[str, ...]
    tone: str
    icon: str
    when: str


@dataclass(frozen=True, slots=True)
class Declaration:
    amount: Decimal  # montant net social
    told: tuple[Told, ...]


def declaration_of(
    share: Share, today: dt.date, sent_on: dt.date | None = None
) -> Declaration | None:
    """None while there is no slip: there is nothing to tell. Costs no query.

    `sent_on`: the day the money left, once it has; until then the day the slip plans it for.
    Where the host's own software makes the slip, its figure is the one to tell, not our estimate.
    """
    figures, run = share.standing, share.run
    if (
        not run.makes_slips
        or figures.net_social is None
        or figures.gross is None
        or run.paid_on is None
    ):
        return None
    return Declaration(
        figures.net_social,
        (
            _france_travail(run, figures.gross, _hours(share), today),
            _caf(sent_on or run.paid_on, today),
        ),
    )


def _hours(share: Share) -> str:
    """The hours the slip that stands pays: those that follow the share, else the confirmed ones."""
    paid = share.standing.paid_hours
    if paid is None:
        return format_minutes(sum(share.minutes_by_kind.values()))
    return _("%(hours)s heures") % {"hours": euros(paid, sign=False)}


def _france_travail(run: PayRun, gross: Decimal, hours: str, today: dt.date) -> Told:
    """The monthly statement asks for the hours and the gross of the month worked, as on the slip."""
    window = monthly_statement(run.month)
    texts = (
        _(
            "Tu as un dossier à France Travail ? Dis-le quand tu t’actualises, pour le mois %(month)s."
        )
        % {"month": of_month(run.month)},
        _("Donne le brut : %(gross)s. Et tes heures : %(hours)s.")
        % {"gross": euros(gross), "hours": hours},
        _("C’est déjà fait avec une autre somme ? Envoie ton bulletin à France Travail."),
    )
    return Told(_("France Travail"), texts, *_when(window, today))


def _when(window: Window, today: dt.date) -> tuple[str, str, str]:
    if today < window.opens:
        words = _("Du %(opens)s au %(closes)s") % {
            "opens": format_day(window.opens, year=window.opens.year != window.closes.year),
            "closes": format_day(window.closes),
        }
        return "wait", "calendrier", words
    if today <= window.closes:
        return "warn", "horloge", _("Avant le %s, minuit") % format_day(window.closes)
    return "wait", "attente", _("C’était avant le %s") % format_day(window.closes)


def _caf(paid: dt.date, today: dt.date) -> Told:
    months = quarterly_statements(paid)
    names = [MONTHS[month.month - 1] for month in months]
    years = [month.year for month in months]
    asked = _("En %(first)s, %(second)s ou %(third)s %(year)s") % {
        "first": names[0] if years[0] == years[2] else f"{names[0]} {years[0]}",
        "second": names[1] if years[1] == years[2] else f"{names[1]} {years[1]}",
        "third": names[2],
        "year": years[2],
    }
    texts = (
        _("Tu touches le RSA ou la prime d’activité ? Déclare le montant net social."),
        _("Le mois à remplir : %(month)s %(year)s, le mois où l’argent est versé.")
        % {"month": MONTHS[paid.month - 1], "year": paid.year},
        _("La déclaration vient tous les 3 mois. La CAF ou la MSA te dit ton mois."),
        _("La somme est peut-être déjà écrite. Regarde si elle est juste."),
    )
    over = today > _end_of(months[2])
    return Told(_("CAF ou MSA"), texts, "wait", "attente" if over else "calendrier", asked)


def _end_of(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
