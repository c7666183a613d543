"""What a control asks for, counted: how much is there, how much is missing, behind which door."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.enums import EnrolmentState
from cohorts.enums.contracts import BINDING
from cohorts.enums.entry_files import ProofKind
from cohorts.enums.sessions import CAME
from cohorts.models import (
    Attendance,
    AttendanceSignature,
    Cohort,
    Contract,
    Enrolment,
)
from cohorts.selectors.participants import Participant, participants_of
from ct_platform.kit.actor import Actor
from documents.enums import DocumentStatus
from documents.models import Document
from payroll.enums import ISSUED_STATES
from payroll.models import Payslip, Share, UploadedSlip
from projects.models import Expense, Invoice
from reports.enums.funding import DueState, ReceiptKind
from reports.models import CostLine, FundingDue, FundingReceipt
from reports.rules.funding import kept_until

# Kinds of papers that carry the emblem say so in their photograph, at one of these places.
_SAYS_EMBLEM = Q(snapshot__has_key="eu") | Q(snapshot__figures__has_key="eu")
_EMBLEM = Q(snapshot__eu=True) | Q(snapshot__figures__eu=True)


@dataclass(frozen=True, slots=True)
class Proof:
    """One sort of proof a control asks for. `door`: the address of the page where it is mended."""

    code: str
    label: Any
    text: Any
    door: str
    only_eu: bool = False


PROOFS = (
    Proof(
        "files",
        _("Dossiers d’entrée complets"),
        _("Aucune réponse ne manque ; un refus est une réponse."),
        "cohorts:files",
    ),
    Proof(
        "questionnaires",
        _("Questionnaires d’entrée signés"),
        _("La copie signée est rangée dans le dossier."),
        "cohorts:files",
    ),
    Proof(
        "contracts",
        _("Contrats signés"),
        _("Par les deux parties, pour chaque personne entrée."),
        "cohorts:contracts",
    ),
    Proof(
        "attendance",
        _("Présences signées"),
        _("Par demi-journée, par la personne elle-même."),
        "cohorts:attendance_sheets",
    ),
    Proof(
        "exits",
        _("Situations de sortie notées"),
        _("Pour chaque personne partie ou au bout du parcours."),
        "cohorts:files",
    ),
    Proof(
        "exit_proofs",
        _("Preuves de sortie"),
        _("Contrat, inscription, attestation : rangés dans le dossier."),
        "cohorts:files",
    ),
    Proof("pay", _("Bulletins émis"), _("Un pour chaque part payée."), "payroll:runs"),
    Proof("invoices", _("Factures de vente"), _("Émises, avec leur papier."), "projects:invoices"),
    Proof(
        "receipts",
        _("Tickets des dépenses"),
        _("Un ticket ou une facture pour chaque dépense des activités."),
        "projects:activities",
    ),
    Proof(
        "costs",
        _("Pièces des coûts de coordination"),
        _("Un numéro de pièce pour chaque coût noté."),
        "reports:budget",
    ),
    Proof(
        "emblem",
        _("Papiers avec l’emblème européen"),
        _("Feuilles, contrats, attestations, rapports de la cohorte."),
        "cohorts:papers",
        only_eu=True,
    ),
    Proof(
        "dues",
        _("Bilans remis à temps"),
        _("Ce que les financeurs attendaient à ce jour, avec la preuve de remise."),
        "reports:funding",
    ),
)


@dataclass(frozen=True, slots=True)
class Door:
    cohort: Cohort
    missing: int
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: over all the cohorts, and where each hole is filled."""

    proof: Proof
    asked: int
    there: int
    doors: Sequence[Door]

    @property
    def missing(self) -> int:
        return self.asked - self.there

    @property
    def is_whole(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Evidence:
    items: Sequence[Item]
    keep_until: dt.date | None
    people: Sequence[Participant]

    @property
    def missing(self) -> int:
        return sum(one.missing for one in self.items)


def evidence_of(cohorts: Sequence[Cohort], today: dt.date) -> Evidence:
    """The list for a cohort, or for those of an operation. Nine queries, however many cohorts.

    People are counted once over the operation: entry proofs stand in their first cohort, exit proofs
    in their last.
    """
    people = participants_of(cohorts[0], today) if cohorts else []
    keys = {one.pk for one in cohorts}
    mine = [
        one
        for one in people
        if {one.first.enrolment.cohort_id, one.last.enrolment.cohort_id} & keys
    ]
    counts = _counted(sorted(keys), today)
    for code, rows in _of_people(mine, today).items():
        for cohort_id, is_there in rows:
            if cohort_id not in keys:
                continue  # proved in another cohort of the operation
            asked, there = counts[code].get(cohort_id, (0, 0))
            counts[code][cohort_id] = (asked + 1, there + is_there)
    is_eu = any(one.eu_funded for one in cohorts)
    return Evidence(
        items=[
            _item(proof, cohorts, counts[proof.code])
            for proof in PROOFS
            if is_eu or not proof.only_eu
        ],
        keep_until=_keep_until(sorted(keys)),
        people=mine,
    )


def _item(proof: Proof, cohorts: Sequence[Cohort], counts: dict[int, tuple[int, int]]) -> Item:
    doors = []
    for one in cohorts:
        asked, there = counts.get(one.pk, (0, 0))
        if asked > there:
            arguments = [] if proof.door == "reports:funding" else [one.pk]
            doors.append(Door(one, asked - there, reverse(proof.door, args=arguments)))
    return Item(
        proof,
        sum(asked for asked, _there in counts.values()),
        sum(there for _asked, there in counts.values()),
        doors,
    )


def _of_people(people: Iterable[Participant], today: dt.date) -> dict[str, list[tuple[int, bool]]]:
    """(cohort, is there) of each proof that stands in somebody's file."""
    found: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for one in people:
        first, last = one.first, one.last
        found["files"].append((first.enrolment.cohort_id, first.is_complete))
        found["questionnaires"].append((first.enrolment.cohort_id, first.is_signed))
        day = one.participation.left_on
        if day is not None and day <= today:
            proved = any(proof.kind == ProofKind.EXIT for proof in last.proofs)
            found["exits"].append((last.enrolment.cohort_id, last.exit is not None))
            found["exit_proofs"].append((last.enrolment.cohort_id, proved))
    return found


def _counted(keys: list[int], today: dt.date) -> dict[str, dict[int, tuple[int, int]]]:
    """(asked, there) by proof and cohort, of all that stands in the database. One query."""
    parts = [
        _part(code, rows, cohort, there) for code, rows, cohort, there in _sources(keys, today)
    ]
    found: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for code, cohort_id, asked, there in parts[0].union(*parts[1:], all=True):
        found[code][cohort_id] = (asked, there)
    return found


def _part(code: str, rows: QuerySet[Any], cohort: str, there: Any) -> QuerySet[Any]:
    grouped = rows.order_by().annotate(
        e_code=Value(code, CharField()), e_cohort=F(cohort), e_there=there
    )
    counted = grouped.values("e_code", "e_cohort").annotate(
        e_asked=Count("pk"), e_is=Count("pk", filter=Q(e_there=True))
    )
    found: QuerySet[Any] = counted.values_list("e_code", "e_cohort", "e_asked", "e_is")
    return found


Source = tuple[str, QuerySet[Any], str, Any]


def _sources(keys: list[int], today: dt.date) -> list[Source]:
    """(code, rows asked for, path to their cohort, whether one is there)."""
    entered = Enrolment.objects.filter(cohort__in=keys).exclude(state=EnrolmentState.SELECTED)
    came = Attendance.objects.filter(
        slot__session__cohort__in=keys, presence__in=sorted(CAME), slot__session__day__lte=today
    )
    shares = Share.objects.filter(
        run__cohort__in=keys, run__state__in=ISSUED_STATES, gross__isnull=False
    )
    papers = Document.objects.filter(cohort_key__in=keys, status=DocumentStatus.VALID)
    dues = FundingDue.objects.filter(line__shares__cohort__in=keys, due_on__lte=today)
    return [
        ("contracts", entered, "cohort_id", _signed()),
        ("attendance", came, "slot__session__cohort_id", _signature()),
        ("pay", shares, "run__cohort_id", _slip()),
        (
            "invoices", Invoice.objects.filter(cohort__in=keys).issued(), "cohort_id",
            _is(document__isnull=False),
        ),
        (
            "receipts", Expense.objects.filter(project__cohort__in=keys).standing(),
            "project__cohort_id", _is(receipt__isnull=False),
        ),
        ("costs", CostLine.objects.filter(cohort__in=keys).standing(), "cohort_id", ~_is(proof="")),
        ("emblem", papers.filter(_SAYS_EMBLEM), "cohort_key", _EMBLEM),
        (
            "dues", dues.exclude(state=DueState.CALLED_OFF), "line__shares__cohort_id",
            Q(state=DueState.HANDED, handed_on__lte=F("due_on")),
        ),
    ]  # fmt: skip


def _is(**facts: Any) -> Q:
    return Q(**facts)


def _signed() -> Exists:
    return Exists(Contract.objects.filter(enrolment=OuterRef("pk"), state__in=BINDING))


def _signature() -> Exists:
    return Exists(
        AttendanceSignature.objects.filter(slot=OuterRef("slot"), enrolment=OuterRef("enrolment"))
    )


def _slip() -> Q:
    ours = Payslip.objects.standing().filter(share=OuterRef("pk"), document__isnull=False)
    theirs = UploadedSlip.objects.filter(
        enrolment=OuterRef("enrolment"),
        upload__cohort=OuterRef("run__cohort"),
        upload__month=OuterRef("run__month"),
        document__isnull=False,
    )
    return Q(Exists(ours)) | Q(Exists(theirs))


def _keep_until(keys: list[int]) -> dt.date | None:
    """The last day proofs are kept, the longest of what the lines of these cohorts ask. One query."""
    rows = FundingReceipt.objects.filter(
        line__shares__cohort__in=keys, reversed_by__isnull=True
    ).exclude(kind=ReceiptKind.COUNTER)
    days = [
        kept_until([day], years)
        for day, years in rows.values_list("received_on", "line__keep_years").distinct()
    ]
    return max((day for day in days if day is not None), default=None)


def papers_of(actor: Actor, cohorts: Sequence[Cohort]) -> list[Document]:
    """The valid papers of these cohorts that this seat may open, oldest first. One query."""
    keys = [one.pk for one in cohorts]
    rows = Document.objects.visible_to(actor).filter(
        cohort_key__in=keys, status=DocumentStatus.VALID
    )
    return list(rows.order_by("kind", "issued_at", "pk"))
