"""What a host proposes for its contracts, on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cohorts.contract_template import DEFAULTS, Written
from cohorts.enums.contracts import ContractKind
from cohorts.models import ContractTerms
from cohorts.rules.contract_kinds import NATURES
from cohorts.rules.contract_points import Answer
from ct_platform.kit.actor import Actor

NOTICE_DAYS = 8


@dataclass(frozen=True, slots=True)
class Proposed:
    """The host's terms of one kind; `terms` None: those of the house, nothing being written."""

    kind: str
    terms: ContractTerms | None
    points: Written

    @property
    def minors_allowed(self) -> bool:
        return self.terms is not None and self.terms.minors_allowed

    @property
    def notice_days(self) -> int:
        return self.terms.notice_days if self.terms else NOTICE_DAYS

    @property
    def months_at_most(self) -> int | None:
        return self.terms.months_at_most if self.terms else None

    @property
    def renewals_at_most(self) -> int | None:
        return self.terms.renewals_at_most if self.terms else None

    def answers(self) -> dict[int, Answer]:
        return {int(number): read_answer(one) for number, one in self.points.items()}


def read_answer(written: Mapping[str, str]) -> Answer:
    amount = written.get("amount") or ""
    return Answer(
        written.get("text", ""), written.get("more", ""), Decimal(amount) if amount else None
    )


def proposed(host_id: int, kind: str, day: dt.date) -> Proposed:
    """What a host proposes for a kind on a day, point by point over the words of the house. One query."""
    terms = ContractTerms.objects.filter(host_id=host_id, kind=kind).in_force(day).first()
    return _over_the_house(kind, terms)


def _over_the_house(kind: str, terms: ContractTerms | None) -> Proposed:
    written = dict(DEFAULTS.get(kind, {}))
    if terms is not None:
        written |= {number: one for number, one in terms.points.items() if any(one.values())}
    return Proposed(kind, terms, written)


@dataclass(frozen=True, slots=True)
class KindInUse:
    kind: str
    label: str
    is_employment: bool
    papers: tuple[str, ...]
    terms: ContractTerms | None
    coming: tuple[ContractTerms, ...]


def kinds_of_host(actor: Actor, day: dt.date) -> list[KindInUse]:
    """Every kind, with what the host wrote for it. One query."""
    rows: dict[str, list[ContractTerms]] = {}
    for one in ContractTerms.objects.visible_to(actor).order_by("in_force_from", "pk"):
        rows.setdefault(one.kind, []).append(one)
    return [_kind(code, rows.get(code, []), day) for code in ContractKind.values]


def _kind(code: str, rows: list[ContractTerms], day: dt.date) -> KindInUse:
    begun = [one for one in rows if one.in_force_from <= day]
    now = begun[-1] if begun else None
    return KindInUse(
        kind=code,
        label=(now.label if now else "") or str(ContractKind(code).label),
        is_employment=NATURES[code].is_employment,
        papers=NATURES[code].papers,
        terms=now,
        coming=tuple(one for one in rows if one.in_force_from > day),
    )
