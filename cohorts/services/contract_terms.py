"""What a host proposes for its contracts: dated versions, never edited."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import ContractTerms, Organisation
from cohorts.rules.contract_kinds import nature_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsWishes:
    """`points`: {"1": {"text", "more", "amount"}}, amounts in euros as text; what is empty is left out."""

    kind: str
    in_force_from: dt.date
    label: str = ""
    months_at_most: int | None = None
    renewals_at_most: int | None = None
    minors_allowed: bool = False
    notice_days: int = 8
    urssaf_name: str = "URSSAF"
    urssaf_address: str = ""
    france_travail_address: str = ""
    points: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def add_contract_terms(*, host: Organisation, wishes: TermsWishes, actor: Actor) -> ContractTerms:
    """Write a version of what the host proposes for a kind; contracts already prepared keep theirs.

    Months and numbers of renewals. Raises Refused for limits wider than the law's (a CAPE: twelve
    months, two renewals, C. com. L127-2), and for two versions of one day.
    """
    nature = nature_of(wishes.kind)
    if nature.most_months and not 1 <= (wishes.months_at_most or nature.most_months) <= (
        nature.most_months
    ):
        raise Refused(
            _("Un CAPE dure de 1 à %(n)d mois (Code de commerce, L127-2).")
            % {"n": nature.most_months},
            field="months_at_most",
        )
    if nature.most_renewals is not None and (wishes.renewals_at_most or 0) > nature.most_renewals:
        raise Refused(
            _("Un CAPE se renouvelle deux fois au plus (Code de commerce, L127-2)."),
            field="renewals_at_most",
        )
    with refusing(ContractTerms):
        return ContractTerms.objects.create(
            host=host,
            kind=wishes.kind,
            label=wishes.label.strip(),
            in_force_from=wishes.in_force_from,
            months_at_most=wishes.months_at_most,
            renewals_at_most=wishes.renewals_at_most,
            minors_allowed=wishes.minors_allowed,
            notice_days=wishes.notice_days,
            urssaf_name=wishes.urssaf_name.strip() or "URSSAF",
            urssaf_address=wishes.urssaf_address.strip(),
            france_travail_address=wishes.france_travail_address.strip(),
            points={key: dict(one) for key, one in wishes.points.items() if any(one.values())},
            written_by_id=actor.person_id,
        )
