"""What a host decides about pay: dated settings, contribution profiles and their confirmation."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from payroll.enums import PayRunState
from payroll.models import ContributionProfile, HostSettings, PayRun

PROFILES = ("cape", "employee")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The settings of one version. Rates in percent, amounts in euros, headcount the legal one."""

    in_force_from: dt.date
    contribution_base: str
    contribution_rate: Decimal
    contribution_fixed: Decimal
    atmp_rate: Decimal
    mobility_rate: Decimal
    headcount: int
    slip_title: str
    slip_series: str


@transaction.atomic
def add_settings(*, host: Organisation, terms: Terms) -> HostSettings:
    """Add a dated version of the host's settings; earlier ones stay as they were.

    The first version also writes the two contribution profiles, unconfirmed. Raises Refused: a
    version of that day exists, a run of that month or later is frozen, a rate above 100.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=host.pk)
    for field in ("contribution_rate", "atmp_rate", "mobility_rate"):
        if getattr(terms, field) > 100:
            raise Refused(_("Un taux va de 0 à 100."), field=field)
    if HostSettings.objects.filter(host=host, in_force_from=terms.in_force_from).exists():
        raise Refused(_("Une version existe déjà à cette date."), field="in_force_from")
    _refuse_counted(host, terms.in_force_from)
    version = HostSettings.objects.create(
        host=host, accounts=_accounts_before(host, terms.in_force_from), **asdict(terms)
    )
    for code in PROFILES:
        if not ContributionProfile.objects.filter(host=host, code=code).exists():
            ContributionProfile.objects.create(
                host=host, code=code, in_force_from=terms.in_force_from
            )
    return version


@transaction.atomic
def confirm_profile(
    *, profile: ContributionProfile, evidence: str, actor: Actor, at: dt.datetime
) -> ContributionProfile:
    """Confirm in one's name that a profile is right, on a written answer: slips may be issued.

    `evidence` is the reference of that answer (letter, ticket of the URSSAF, opinion), kept for
    good. Confirming a confirmed profile changes nothing. Raises Refused without a reference.
    """
    profile = ContributionProfile.objects.select_for_update().get(pk=profile.pk)
    if profile.is_confirmed:
        return profile
    if len(evidence.strip()) < 5:
        raise Refused(
            _("Donnez la référence de la réponse écrite : de qui, de quel jour."), field="evidence"
        )
    profile.evidence = evidence.strip()
    profile.confirmed_by_id, profile.confirmed_at = actor.person_id, at
    profile.save(update_fields=["evidence", "confirmed_by", "confirmed_at"])
    return profile


def _accounts_before(host: Organisation, day: dt.date) -> dict[str, str]:
    """Account numbers have their own page: a new version of the rest keeps them."""
    before: HostSettings | None = HostSettings.objects.filter(host=host).in_force(day).first()
    return before.accounts if before else {}


def _refuse_counted(host: Organisation, day: dt.date) -> None:
    counted = (
        PayRun.objects.filter(cohort__host=host, month__gte=day.replace(day=1))
        .exclude(state=PayRunState.DRAFT)
        .exists()
    )
    if counted:
        raise Refused(
            _(
                "Une paie de ce mois, ou d’après, est déjà photographiée. Choisissez un jour plus tard."
            ),
            field="in_force_from",
        )
