"""What pages about papers need, with its cost."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ct_platform.kit.delivery import DeliveryStatus
from documents import kinds
from documents.enums import DocumentStatus
from documents.models import Document, Rendering

SENT, WAITING, RUNNING, FAILED = "sent", "waiting", "running", "failed"
_STATE = {
    DeliveryStatus.DONE: SENT,
    DeliveryStatus.WAITING: WAITING,
    DeliveryStatus.RUNNING: RUNNING,
    DeliveryStatus.FAILED: FAILED,
}
# state → (tone, icon) of its badge
_SIGN = {
    SENT: ("ok", "ok"),
    WAITING: ("wait", "attente"),
    RUNNING: ("wait", "refaire"),
    FAILED: ("bad", "alerte"),
}


def _label(state: str) -> str:
    return {
        SENT: _("Envoyé"),
        WAITING: _("En attente"),
        RUNNING: _("En cours"),
        FAILED: _("En échec"),
    }[state]


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """One paper of a batch: its state, and the sentence that says why it failed."""

    document_id: int
    kind: str
    title: str
    state: str
    label: str
    tone: str
    icon: str
    error: str

    @property
    def is_failed(self) -> bool:
        return self.state == FAILED

    @property
    def is_sent(self) -> bool:
        return self.state == SENT


@dataclass(frozen=True, slots=True)
class PersonProgress:
    person_id: int | None
    person_name: str
    papers: tuple[PaperProgress, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Papers of a batch: `done` are ready to read, `waiting` not taken yet, `running` being drawn."""

    batch: str
    total: int
    done: int
    waiting: int
    running: int
    failed: int
    rows: tuple[PersonProgress, ...]

    @property
    def is_finished(self) -> bool:
        """Nothing moves any more by itself."""
        return self.done + self.failed == self.total

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.done == self.total


def batch_progress(batch: str) -> Progress:
    """How far the papers of a batch are, person by person. One query whatever their number."""
    renderings = (
        Rendering.objects.filter(document__batch=batch)
        .select_related("document__subject")
        .only(
            "status", "error", "document__kind", "document__title", "document__subject__first_name",
            "document__subject__used_name", "document__subject__last_name",
        )
        .order_by("document__subject__last_name", "document__subject__first_name", "document_id")
    )  # fmt: skip
    by_person: dict[int | None, list[PaperProgress]] = {}
    names: dict[int | None, str] = {}
    counts = dict.fromkeys(_SIGN, 0)
    for row in renderings:
        document, state = row.document, _STATE[row.status]
        counts[state] += 1
        names[document.subject_id] = document.subject.full_name if document.subject else ""
        by_person.setdefault(document.subject_id, []).append(
            PaperProgress(
                document.pk,
                document.kind,
                document.title,
                state,
                _label(state),
                *_SIGN[state],
                row.error,
            )
        )
    return Progress(
        batch=batch,
        total=sum(counts.values()),
        done=counts[SENT],
        waiting=counts[WAITING],
        running=counts[RUNNING],
        failed=counts[FAILED],
        rows=tuple(
            PersonProgress(person_id, names[person_id], tuple(papers))
            for person_id, papers in by_person.items()
        ),
    )


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """One line of "Mes papiers"."""

    document_id: int
    title: str
    icon: str
    issued_at: dt.datetime
    issuer_name: str
    tone: str
    state: str
    state_icon: str
    can_open: bool


def papers_of(person_id: int) -> list[OwnPaper]:
    """A person's own papers, newest first. One query."""
    documents = (
        Document.objects.of_subject(person_id)
        .select_related("rendering")
        .defer("snapshot")
        .order_by("-issued_at", "-pk")
    )
    return [_own(document) for document in documents]


def ready_papers_of(person_id: int) -> list[Document]:
    """A person's papers that can be handed out, oldest first. One query."""
    return list(Document.objects.of_subject(person_id).ready().order_by("issued_at", "pk"))


def _own(document: Document) -> OwnPaper:
    tone, state, icon = _own_state(document)
    return OwnPaper(
        document_id=document.pk,
        title=document.title,
        icon=kinds.icon_of(document.kind),
        issued_at=document.issued_at,
        issuer_name=document.issuer_name,
        tone=tone,
        state=state,
        state_icon=icon,
        can_open=document.is_ready,
    )


def _own_state(document: Document) -> tuple[str, str, str]:
    """tone, words and icon of the badge, in the words a coopérant reads."""
    match document.status:
        case DocumentStatus.REPLACED:
            return "warn", _("Remplacé par un autre"), "refaire"
        case DocumentStatus.REVOKED:
            return "bad", _("Annulé"), "alerte"
    if not document.is_ready:
        return "wait", _("Se prépare"), "attente"
    return "ok", (_("Valable") if document.first_opened_at else _("Nouveau, valable")), "ok"
