"""Personal terms of pay, for the host's seats: what is in force for whom."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from cohorts.models import Contract, Enrolment
from cohorts.querysets.contracts import counted
from ct_platform.kit.actor import Actor
from ct_platform.kit.crypto import unseal
from payroll.models import PersonalTerms


@dataclass(frozen=True, slots=True)
class TermsRow:
    """One person under contract. `rate` in percent; None is the default grid (taux neutre)."""

    enrolment: Enrolment
    contract: str
    terms: PersonalTerms | None
    rate: Decimal | None
    coming: tuple[PersonalTerms, ...]


def place_of(key: str) -> str:
    """Where a sealed rate belongs: moved to another row, it does not open."""
    return f"payroll_personalterms|pas|{key}"


def open_rate(key: str, sealed: str) -> Decimal | None:
    """Open a withholding rate, in percent; None when there is none. Raises ValueError if altered."""
    return Decimal(unseal(place_of(key), sealed)) if sealed else None


def terms_in_force(enrolment_ids: Iterable[int], day: dt.date) -> dict[int, PersonalTerms]:
    """The terms of each person on a day; who has none is left out. Costs one query."""
    rows = PersonalTerms.objects.filter(
        enrolment_id__in=list(enrolment_ids), in_force_from__lte=day
    ).order_by("in_force_from")
    return {row.enrolment_id: row for row in rows}


def current_terms(enrolment_id: int, day: dt.date) -> tuple[PersonalTerms | None, Decimal | None]:
    """The terms of one person on a day, and the rate they hold. Costs one query."""
    terms = terms_in_force([enrolment_id], day).get(enrolment_id)
    return terms, open_rate(str(terms.key), terms.sealed_pas_rate) if terms else None


def terms_of_cohort(actor: Actor, cohort_id: int, day: dt.date) -> list[TermsRow]:
    """Everybody of a cohort who has or had a contract, with what is in force. Costs three queries."""
    people = (
        Enrolment.objects.visible_to(actor)
        .of_cohort(cohort_id)
        .filter(counted("contracts__"), contracts__isnull=False)
        .distinct()
        .select_related("person")
        .prefetch_related(Prefetch("contracts", Contract.objects.counted()))
        .order_by("person__last_name", "person__first_name", "pk")
    )
    written: dict[int, list[PersonalTerms]] = {}
    for row in (
        PersonalTerms.objects.visible_to(actor).of_cohort(cohort_id).order_by("in_force_from")
    ):
        written.setdefault(row.enrolment_id, []).append(row)
    return [_row(enrolment, written.get(enrolment.pk, []), day) for enrolment in people]


def _row(enrolment: Enrolment, written: list[PersonalTerms], day: dt.date) -> TermsRow:
    begun = [terms for terms in written if terms.in_force_from <= day]
    now = begun[-1] if begun else None
    last = max(enrolment.contracts.all(), key=lambda contract: (contract.starts_on, contract.pk))
    return TermsRow(
        enrolment=enrolment,
        contract=str(last.get_kind_display()),
        terms=now,
        rate=open_rate(str(now.key), now.sealed_pas_rate) if now else None,
        coming=tuple(terms for terms in written if terms.in_force_from > day),
    )
