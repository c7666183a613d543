"""What waits about contracts: notices to the authorities, ends, signatures. The host acts, the
coordinator follows."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.enums import CohortState, EnrolmentState
from cohorts.enums.contracts import ContractState
from cohorts.models import AuthorityNotice, Cohort, Contract, ContractAmendment, Enrolment
from cohorts.rules.contract_terms import ALERT_DAYS
from cohorts.waiting import Line, Pile, Source, door
from ct_platform.kit.clock import format_day


def _notices(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s avis à URSSAF ou France Travail",
        "%(n)s avis à URSSAF ou France Travail",
        pile.count,
    )
    return Line(
        "lettre",
        title % {"n": pile.count},
        _("La loi dit « dès la signature » ; le jour est celui que l’hôte s’est fixé."),
        door("cohorts:contracts", pile),
        law=_("Code du travail, R5142-1"),
        due_on=pile.due_on,
        by_host=True,
    )


def _ending(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s contrat finit bientôt", "%(n)s contrats finissent bientôt", pile.count)
    text = _(
        "Le %(day)s, sans renouvellement signé. Un CAPE se renouvelle par écrit avant ce jour."
    )
    return Line(
        "calendrier",
        title % {"n": pile.count},
        text % {"day": format_day(pile.due_on or today)},
        door("cohorts:contracts", pile),
        law=_("Code de commerce, L127-2"),
        due_on=pile.due_on,
        by_host=True,
    )


def _to_sign(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s contrat à signer", "%(n)s contrats à signer", pile.count)
    return Line(
        "stylo",
        title % {"n": pile.count},
        _("Émis : il manque les deux signatures."),
        door("cohorts:contract_papers", pile),
        law=_("Code de commerce, L127-2"),
        due_on=pile.due_on,
        by_host=True,
    )


def _amendments(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s avenant à signer", "%(n)s avenants à signer", pile.count)
    return Line(
        "stylo",
        title % {"n": pile.count},
        _("Un changement vaut quand les deux l’ont signé."),
        door("cohorts:contracts", pile),
        due_on=pile.due_on,
        by_host=True,
    )


def _unbound(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s personne sans contrat signé", "%(n)s personnes sans contrat signé", pile.count
    )
    return Line(
        "attestation",
        title % {"n": pile.count},
        _("Il se conclut par écrit : la coopérative hôte note les signatures."),
        door("cohorts:contracts", pile),
        law=_("Code de commerce, L127-2"),
        state=_("À suivre"),
        by_host=True,
    )


def _unbound_people(today: dt.date) -> Any:
    signed = Contract.objects.filter(enrolment=OuterRef("pk"), state=ContractState.SIGNED)
    return Enrolment.objects.filter(
        state=EnrolmentState.ACTIVE, cohort__state=CohortState.RUNNING
    ).exclude(Exists(signed))


SOURCES = (
    Source(
        "notices", 50, lambda today: AuthorityNotice.objects.due(), _notices,
        cohort="contract__enrolment__cohort_id", due="due_on",
    ),
    Source(
        "ending", 51,
        lambda today: Contract.objects.ending_between(
            today, today + dt.timedelta(days=max(ALERT_DAYS))
        ),
        _ending, due="ends_on", by_day=True,
    ),
    Source(
        "to_sign", 52, lambda today: Contract.objects.in_state(ContractState.TO_SIGN), _to_sign,
        due="starts_on",
    ),
    Source(
        "amendments", 53,
        lambda today: ContractAmendment.objects.filter(state=ContractState.TO_SIGN), _amendments,
        cohort="contract__enrolment__cohort_id", due="in_force_from",
    ),
    Source("unbound", 54, _unbound_people, _unbound, cohort="cohort_id"),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
