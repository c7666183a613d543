"""Data inside a paper: files embedded in the PDF/A-3, related to it as its data (ISO 19005-3, 6.8)."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from documents.engine import facturx_packet

# How a reader is told what the file is to the paper: the figures it prints, for a machine.
RELATIONSHIP = "Data"


def attachments(files: Mapping[str, bytes], dated: dt.date | None, fetcher: Any) -> list[Any]:
    """WeasyPrint's attachments, by name. Raises ValueError for files without a date.

    Their dates are the paper's: those of the clock would change the bytes each time.
    """
    if not files:
        return []
    if dated is None:
        raise ValueError("embedded files take the date of their paper")
    from weasyprint import Attachment

    instant = dt.datetime.combine(dated, dt.time(), dt.UTC)
    return [
        Attachment(
            string=content,
            name=name,
            created=instant,
            modified=instant,
            relationship=RELATIONSHIP,
            url_fetcher=fetcher,
        )
        for name, content in sorted(files.items())
    ]


def finisher(files: Mapping[str, bytes]) -> Callable[[Any, Any], None]:
    """What WeasyPrint is asked to mend before it writes the PDF."""

    from documents.engine import once

    def finish(document: Any, pdf: Any) -> None:
        _name_each_once(pdf)
        if facturx_packet.carries_invoice(files):
            _tell_invoice(pdf)
        once.write_each_once(pdf)

    return finish


def _name_each_once(pdf: Any) -> None:
    """WeasyPrint 70 lists each embedded file twice in /AF, which strict readers count as two."""
    import pydyf

    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _tell_invoice(pdf: Any) -> None:
    metadata = next(one for one in pdf.objects if one.reference == pdf.catalog["Metadata"])
    metadata.stream = [facturx_packet.with_invoice(b"".join(metadata.stream))]
