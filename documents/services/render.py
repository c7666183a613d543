"""From photograph to PDF: claim, draw outside any transaction, store, keep if the lease is ours."""

import datetime as dt
import errno
import hashlib
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from documents import kinds
from documents.engine import qr, render
from documents.models import Document, Rendering
from documents.rules import MARK, spaced_code
from documents.services import storing
from documents.services.notices import announce
from documents.services.sending import send, send_on_commit

logger = logging.getLogger(__name__)
SWEPT_AT_ONCE = 200


def render_transient(
    template: str,
    context: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    dated: dt.date | None = None,
) -> bytes:
    """Draw a PDF that is not a document (join cards, preview): no row, no code, no number.

    `files` are embedded as its data, dated `dated`. `template` is under templates/, usually
    "pdf/….html". Raises RenderRefused. The first call of a process costs over a second (the engine
    loads), the next ones some 20 to 150 ms a page.
    """
    with translation.override("fr"):
        return render.html_to_pdf(render_to_string(template, dict(context)), files, dated)


def draw(document: Document) -> bytes:
    """The bytes of a paper, from its snapshot alone: the same ones each time."""
    kind = kinds.get(document.kind)
    context = {**kind.context(document.snapshot), **frame_of(document.snapshot)}
    return render_transient(
        kind.template_of(document.template_version),
        context,
        kind.attached(document.snapshot),
        dt.date.fromisoformat(document.snapshot["paper"]["issued_on"]),
    )


def frame_of(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/base.html prints on every paper: `paper` and `check`."""
    url, code = snapshot["check"]["url"], snapshot["check"]["code"]
    return {
        "paper": snapshot["paper"],
        "check": {
            "code": code,
            "code_spaced": spaced_code(code),
            "url": url,
            "address": url.split("://", 1)[-1].split(code)[0].rstrip("/"),
            "qr_src": qr.png_src(url),
            "mark": f"{MARK}{code}",
        },
    }


@dataclass(frozen=True, slots=True)
class Drawn:
    name: str
    sha256: str
    rendering_key: str
    size: int


def render_document(*, document_id: int, at: dt.datetime) -> bool:
    """Render one paper if it is still to be done; True when this call did it.

    A duplicate message, a finished paper or a lease held by another are quiet no-ops. A failure is
    written in the row as a French sentence and not raised: one bad paper does not fail its lot.
    Raises SoftTimeLimitExceeded only, so that the worker stops; the sweep sends the rest again.
    """
    row = Rendering.objects.filter(document_id=document_id).values_list("pk", flat=True).first()
    token = Rendering.objects.claim(row, at) if row is not None else None
    if row is None or token is None:
        return False
    started = time.perf_counter()
    try:
        drawn = _draw_and_store(document_id)
    except SoftTimeLimitExceeded:
        Rendering.objects.give_back(row, token, _("Ce papier est trop long à faire."))
        raise
    except Exception as error:
        logger.exception("document %s was not rendered", document_id)
        Rendering.objects.give_back(row, token, sentence_of(error))
        return False
    done_at = at + dt.timedelta(seconds=time.perf_counter() - started)
    with transaction.atomic():
        if not Rendering.objects.finish(row, token, done_at):
            return False
        Document.objects.filter(pk=document_id, sha256="").update(
            file=drawn.name,
            sha256=drawn.sha256,
            rendering_key=drawn.rendering_key,
            size=drawn.size,
        )
        # In the same transaction: a paper that is ready and a message to write stand or fall together.
        announce(
            document=Document.objects.select_related("subject").get(pk=document_id), at=done_at
        )
    return True


def _draw_and_store(document_id: int) -> Drawn:
    document = Document.objects.get(pk=document_id)
    if document.is_ready:  # the stored file is the original: it is never drawn over
        return Drawn(
            str(document.file.name), document.sha256, document.rendering_key, document.size
        )
    key = render.rendering_key(
        kind=document.kind,
        template_version=document.template_version,
        snapshot=document.snapshot,
        files=kinds.get(document.kind).attached(document.snapshot),
    )
    content = draw(document)
    name = storing.store(key, content)
    return Drawn(name, hashlib.sha256(content).hexdigest(), key, len(content))


def sentence_of(error: Exception) -> str:
    """What the person who waits for the paper is told."""
    match error:
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return _("Le disque est plein. Faites de la place, puis relancez ce papier.")
        case OSError():
            return _(
                "Le papier n’a pas pu être rangé. Relancez-le, ou prévenez l’équipe technique."
            )
        case render.RenderRefused():
            return _("Ce papier demande quelque chose d’interdit. Prévenez l’équipe technique.")
        case _:
            return _("Ce papier n’a pas pu être fait. Relancez-le, ou prévenez l’équipe technique.")


@transaction.atomic
def retry_failed(*, batch: str = "", document: Document | None = None, at: dt.datetime) -> int:
    """Somebody pressed "Refaire": failed papers start afresh. Returns how many; 0 is a no-op.

    Give a batch ("payrun:7") or one document.
    """
    rows = Rendering.objects.filter(status="failed")
    rows = rows.filter(document=document) if document else rows.filter(document__batch=batch)
    keys = list(rows.values_list("document_id", flat=True))
    touched = Rendering.objects.filter(document_id__in=keys).retry(at)
    send_on_commit(keys)
    return touched


def retry_failed_of_cohort(*, cohort_key: int, at: dt.datetime) -> int:
    """Every failed paper of a cohort starts afresh, whatever its batch. Returns how many."""
    rows = Rendering.objects.filter(status="failed", document__cohort_key=cohort_key)
    keys = list(rows.values_list("document_id", flat=True))
    touched = Rendering.objects.filter(document_id__in=keys).retry(at)
    send_on_commit(keys)
    return touched


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost or a dead worker held, oldest first; returns how many.

    Papers at their last attempt whose worker died become failed, with a sentence.
    """
    Rendering.objects.fail_exhausted(at, _("Ce papier n’a pas pu être fait, après trois essais."))
    rows = Rendering.objects.lost(at).values_list("pk", "document_id")[:SWEPT_AT_ONCE]
    lost = dict(rows)
    # Stamped before they are sent: a second sweep at the same moment finds nothing.
    Rendering.objects.filter(pk__in=lost).update(sent_at=at)
    return send(list(lost.values())) if lost else 0
