"""What must always be true of contracts: length, number, order, points.

An active person without a signed contract is no breach: somebody just admitted waits for it. Pages say it.
"""

from collections.abc import Iterable
from itertools import pairwise

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cohorts import rules
from cohorts.enums.contracts import BINDING, ContractKind, ContractState
from cohorts.models import Contract
from cohorts.rules.contract_kinds import CAPE
from ct_platform.kit.invariants import Invariant, register


def _lengths() -> Iterable[str]:
    for contract in Contract.objects.filter(kind=ContractKind.CAPE).standing().iterator():
        if rules.contract_too_long(contract.starts_on, contract.ends_on):
            yield _("Le contrat %(pk)d dure plus de douze mois.") % {"pk": contract.pk}


def _overlaps() -> Iterable[str]:
    """Terms that share a day. Ordered by person, so that only neighbours are compared."""
    rows = Contract.objects.standing().order_by("enrolment_id", "starts_on", "pk")
    for before, after in pairwise(rows.iterator()):
        if before.enrolment_id == after.enrolment_id and after.starts_on <= before.last_day:
            yield _("Les contrats %(one)d et %(two)d du parcours %(pk)d se chevauchent.") % {
                "one": before.pk,
                "two": after.pk,
                "pk": after.enrolment_id,
            }


def _chains() -> Iterable[str]:
    """A CAPE has three terms at most (C. com. L127-2): a fourth would renew a third renewal."""
    assert CAPE.most_renewals is not None  # noqa: S101  the law of it
    fourth = Contract.objects.filter(
        kind=ContractKind.CAPE, renews__renews__renews__isnull=False
    ).standing()
    for pk in fourth.order_by("pk").values_list("pk", flat=True):
        yield _("Le contrat %(pk)d est un renouvellement de trop.") % {"pk": pk}


def _incomplete() -> Iterable[str]:
    """A CAPE issued here carries its eight points; what was signed elsewhere has none here."""
    issued = Q(state__in=[ContractState.TO_SIGN, *BINDING], document__isnull=False)
    rows = Contract.objects.filter(issued, kind=ContractKind.CAPE).annotate(n=Count("points"))
    for pk in rows.exclude(n=8).order_by("pk").values_list("pk", flat=True):
        yield _("Le contrat %(pk)d est émis sans ses huit points.") % {"pk": pk}


def register_all() -> None:
    for code, sentence, check in (
        ("contracts", _("Un contrat d’appui dure douze mois au plus."), _lengths),
        ("contract_overlaps", _("Les contrats d’une personne ne se chevauchent pas."), _overlaps),
        ("contract_chains", _("Un CAPE se renouvelle deux fois au plus."), _chains),
        ("contract_points", _("Un CAPE émis porte ses huit points."), _incomplete),
    ):
        register(Invariant(f"cohorts.{code}", sentence, check))
