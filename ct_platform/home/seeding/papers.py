"""A paper as `documents` issues it, written in bulk. It is never drawn: a database for measures is no
place to draw thousands of PDFs, so that its rendering waits for a day that does not come."""

import datetime as dt
from typing import Any

from cohorts.models import Cohort
from ct_platform.home.seeding.sink import Sink
from documents import kinds
from documents.models import Document, Rendering
from documents.rules import encode_code
from documents.services.issue import check_url

NEVER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def issue(
    sink: Sink, *, kind: str, title: str, snapshot: dict[str, Any],
    cohort: Cohort, effect_key: str, period: tuple[dt.date, dt.date], at: dt.datetime,
    number: str = "", subject_id: int | None = None, subject: str = "", batch: str = "",
) -> int:  # fmt: skip
    """`cohort` comes with its host. The photograph gets what `documents.services.issue` adds to it."""
    known, code = kinds.get(kind), encode_code(sink.bits())
    photograph = {
        **snapshot,
        "paper": {
            "kind": str(known.label), "title": title, "number": number, "issuer": cohort.host.name,
            "subject": subject, "issued_on": at.date().isoformat(),
        },
        "check": {"code": code, "url": check_url(code)},
    }  # fmt: skip
    key = sink.add(
        Document, kind=kind, title=title, number=number, issuer_key=cohort.host_id,
        issuer_name=cohort.host.name, subject_id=subject_id, cohort_key=cohort.pk,
        territory_key=cohort.territory_id, batch=batch, effect_key=effect_key, code=code,
        snapshot=photograph, template_version=known.template_version, period_from=period[0],
        period_to=period[1], issued_at=at,
    )  # fmt: skip
    sink.add(Rendering, document_id=key, sent_at=NEVER)
    return key
