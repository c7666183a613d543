"""Every invoice of a period in one ZIP: the PDF as it was issued, the XML beside it, and their list.

Written while it is sent. A PDF whose bytes are not those that were issued breaks the download.
"""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Iterable, Iterator

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit.exports import Cell, csv_of
from ct_platform.kit.zipping import ZipPipe
from payroll.exports.archive import DamagedPaper
from projects.models import Invoice
from projects.papers.facturx import facturx_xml


def invoices_zip(invoices: Iterable[Invoice]) -> Iterator[bytes]:
    """Yield the ZIP piece by piece, in the order of the numbers. Raises DamagedPaper on the way."""
    pipe, listed = ZipPipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for invoice in invoices:
            stem = slugify(invoice.number) or f"facture-{invoice.pk}"
            paper, day = invoice.document, invoice.issued_on or dt.date(1980, 1, 1)
            if paper is not None and paper.is_ready:
                with paper.file.open("rb") as source:
                    content = source.read()
                if hashlib.sha256(content).hexdigest() != paper.sha256:
                    raise DamagedPaper(stem)
                archive.writestr(_entry(f"{stem}.pdf", day), content)
            if paper is not None and not invoice.numbered_by_host:
                archive.writestr(_entry(f"{stem}.xml", day), facturx_xml(paper.snapshot))
            listed.append(invoice)
            yield pipe.take()
        archive.writestr("liste.csv", invoices_csv(listed))
    yield pipe.take()


def invoices_csv(invoices: Iterable[Invoice]) -> bytes:
    header = [
        _("Numéro"), _("Papier"), _("Émis le"), _("Client"), _("Montant HT"), _("TVA"), _("Montant TTC"),
        _("PDF"),
    ]  # fmt: skip
    return csv_of(header, (_cells(one) for one in invoices))


def _cells(one: Invoice) -> list[Cell]:
    sign = -1 if one.is_credit else 1
    ready = one.document is not None and one.document.is_ready
    return [
        one.number, str(one.get_kind_display()), one.issued_on, one.customer.name,
        sign * one.net_amount, sign * one.vat_amount, sign * one.total_amount,
        _("dans ce ZIP") if ready else _("pas encore prêt"),
    ]  # fmt: skip


def _entry(name: str, day: dt.date) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    found.compress_type = zipfile.ZIP_DEFLATED
    return found
