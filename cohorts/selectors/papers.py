"""The papers of a cohort that a seat may see."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.selectors.people import Badge
from ct_platform.kit.actor import Actor
from ct_platform.kit.delivery import DeliveryStatus
from documents import kinds
from documents.enums import DocumentStatus
from documents.models import Document

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper of the cohort, and how many there are."""

    code: str
    label: str
    icon: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    document_id: int
    title: str
    number: str
    person_name: str
    issued_at: dt.datetime
    state: Badge
    can_open: bool


@dataclass(frozen=True, slots=True)
class Papers:
    kinds: tuple[PaperKind, ...]
    chosen: PaperKind | None
    page: Page[Any] | None


def papers_of_cohort(cohort: Cohort, actor: Actor, code: str, number: str | None) -> Papers:
    """Papers of one kind (the first when `code` is unknown), newest first. Three queries at most."""
    visible = Document.objects.visible_to(actor).of_cohort(cohort.pk)
    counts = dict(visible.order_by().values_list("kind").annotate(n=Count("pk")).order_by("kind"))
    if not counts:
        return Papers((), None, None)
    chosen = code if code in counts else next(iter(counts))
    found = tuple(_kind(one, n, one == chosen) for one, n in counts.items())
    rows = (
        visible.filter(kind=chosen)
        .select_related("subject", "rendering")
        .defer("snapshot")
        .order_by("-issued_at", "subject__last_name", "subject__first_name", "-pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(number)
    page.object_list = [_row(document) for document in page.object_list]
    return Papers(found, next(one for one in found if one.current), page)


def _kind(code: str, count: int, current: bool) -> PaperKind:
    label = str(kinds.get(code).label) if code in kinds.codes() else code
    return PaperKind(code, label, kinds.icon_of(code), count, current)


def _row(document: Document) -> PaperRow:
    return PaperRow(
        document_id=document.pk,
        title=document.title,
        number=document.number,
        person_name=document.subject.full_name if document.subject else "",
        issued_at=document.issued_at,
        state=_state(document),
        can_open=document.is_ready,
    )


def _state(document: Document) -> Badge:
    match document.status:
        case DocumentStatus.REPLACED:
            return Badge("warn", "refaire", _("Remplacé"))
        case DocumentStatus.REVOKED:
            return Badge("bad", "alerte", _("Annulé"))
    if document.is_ready:
        return Badge("ok", "ok", _("Valable"))
    rendering = getattr(document, "rendering", None)
    if rendering is not None and rendering.status == DeliveryStatus.FAILED:
        return Badge("bad", "alerte", _("En échec"))
    return Badge("wait", "attente", _("Se prépare"))
