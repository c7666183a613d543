"""What a host decides about pay: dated settings."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import cents, euros
from documents import series as numbering
from payroll.engine.errors import MonthNotCovered
from payroll.engine.params import Params, load_params
from payroll.enums import ContributionBase, FixedPer, PayRhythm, SlipMode
from payroll.models import ContributionProfile, HostSettings
from payroll.rules.profiles import PROFILES
from payroll.services.run_rows import refuse_counted

_PERCENTS = (
    "contribution_rate", "atmp_rate", "mobility_rate", "health_cover_employer_share",
)  # fmt: skip
_CHOICES = {
    "contribution_base": ContributionBase,
    "contribution_fixed_per": FixedPer,
    "pay_rhythm": PayRhythm,
    "slip_mode": SlipMode,
}
SLIPS = "payroll.slips"
_MOST_WAIVED = 24  # months: longer than any cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The settings of one version. Rates in percent, amounts in euros, headcount the legal one.

    `idle_month_cost` a person and month; `health_cover` a month; `hourly_rate` None: confirmed hours.
    """

    in_force_from: dt.date
    contribution_base: str
    contribution_rate: Decimal
    contribution_fixed: Decimal
    contribution_fixed_per: str = FixedPer.RUN
    contribution_waived_months: int = 0
    idle_month_cost: Decimal = Decimal("0.00")
    atmp_rate: Decimal
    mobility_rate: Decimal
    headcount: int
    health_cover: Decimal = Decimal("0.00")
    health_cover_employer_share: Decimal = Decimal(0)
    hourly_rate: Decimal | None = None
    pay_rhythm: str = PayRhythm.MONTHLY
    slip_mode: str = SlipMode.PLATFORM
    slip_title: str
    slip_series: str
    collective_agreement: str = ""


@transaction.atomic
def add_settings(*, host: Organisation, terms: Terms, actor: Actor) -> HostSettings:
    """Add a dated version of the host's settings; earlier ones stay as they were.

    The first version also writes the two contribution profiles, unconfirmed. The account numbers of
    the version before are kept. Raises Refused: a version of that day exists, a run of that month or
    later is frozen, a series that numbers other papers, a rate above 100, an hourly rate under the
    SMIC, a health cover the host pays less than half of (CSS L911-7) or above what the engine knows.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=host.pk)
    _require_sense(terms)
    if HostSettings.objects.filter(host=host, in_force_from=terms.in_force_from).exists():
        raise Refused(_("Une version existe déjà à cette date."), field="in_force_from")
    refuse_counted(terms.in_force_from, cohort__host=host)
    if numbering.is_of_others(SLIPS, issuer_key=host.pk, series=terms.slip_series):
        raise Refused(
            _("Cette série numérote déjà d’autres papiers. Choisissez-en une autre."),
            field="slip_series",
        )
    before = HostSettings.objects.filter(host=host).in_force(terms.in_force_from).first()
    version = HostSettings.objects.create(
        host=host,
        accounts=before.accounts if before else {},
        written_by_id=actor.person_id,
        **asdict(terms),
    )
    for code in PROFILES:
        if not ContributionProfile.objects.filter(host=host, code=code).exists():
            ContributionProfile.objects.create(
                host=host,
                code=code,
                in_force_from=terms.in_force_from,
                written_by_id=actor.person_id,
            )
    return version


def series_of_slips(host_id: int) -> set[str]:
    rows = HostSettings.objects.filter(host_id=host_id).order_by()
    return set(rows.values_list("slip_series", flat=True))


def register_series() -> None:
    """Say to the house which series number slips."""
    numbering.register(numbering.Numbered(SLIPS, series_of_slips))


def require_legal_rate(rate: Decimal | None, month: dt.date) -> None:
    """Refuse an hourly rate under the SMIC in force that month, in euros an hour.

    A month without parameters is not judged here: nothing is paid in it. Raises Refused.
    Source: C. trav. L3231-2 ff.
    """
    params = _params_of(month)
    if rate is None or params is None or rate >= params.smic_hourly:
        return
    raise Refused(
        _(
            "Le taux horaire des contrats de travail (%(rate)s) est sous le SMIC de %(month)s "
            "(%(smic)s)."
        )
        % {
            "rate": euros(rate),
            "month": Month(params.month),
            "smic": euros(params.smic_hourly),
        },
        field="hourly_rate",
    )


def _require_sense(terms: Terms) -> None:
    for field in _PERCENTS:
        if not 0 <= getattr(terms, field) <= 100:
            raise Refused(_("Un taux va de 0 à 100."), field=field)
    for field in ("contribution_fixed", "idle_month_cost", "health_cover"):
        if getattr(terms, field) < 0:
            raise Refused(_("Un montant est de zéro ou plus."), field=field)
    for field, kinds in _CHOICES.items():
        if getattr(terms, field) not in kinds.values:
            raise Refused(_("Choisissez une des réponses proposées."), field=field)
    if not 0 <= terms.contribution_waived_months <= _MOST_WAIVED:
        raise Refused(
            _("Un nombre de mois, de 0 à %(most)s.") % {"most": _MOST_WAIVED},
            field="contribution_waived_months",
        )
    require_legal_rate(terms.hourly_rate, terms.in_force_from)
    _require_cover(terms)


def _require_cover(terms: Terms) -> None:
    """The host pays half of the cover at least, and no more than stays out of the contribution base."""
    if not terms.health_cover:
        return
    if terms.health_cover_employer_share < 50:
        raise Refused(
            _("L’hôte paie au moins la moitié de la complémentaire santé (CSS L911-7)."),
            field="health_cover_employer_share",
        )
    params = _params_of(terms.in_force_from)
    if params is None:
        return
    most = cents(params.pmss * params.health_cover_limit / 100)
    if cents(terms.health_cover * terms.health_cover_employer_share / 100) > most:
        raise Refused(
            _(
                "La part de l’hôte dépasse %(most)s par mois : une partie serait soumise à "
                "cotisations, ce que la plateforme ne calcule pas."
            )
            % {"most": euros(most)},
            field="health_cover",
        )


def _params_of(day: dt.date) -> Params | None:
    try:
        return load_params(day.replace(day=1))
    except MonthNotCovered:
        return None
