"""The door for statements: what a file is, by its first bytes rather than its name."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from projects.banking.camt_statement import MARK, read_camt
from projects.banking.csv_statement import read_csv
from projects.banking.lines import Columns, Doubt, Read, StatementRefused, check_size
from projects.banking.ofx_statement import read_ofx

_OTHERS = (
    (b"%PDF", _l("un PDF")), (b"PK\x03\x04", _l("un classeur Excel ou un ZIP")),
    (b"\xd0\xcf\x11\xe0", _l("un vieux classeur Excel")), (b"\x89PNG", _l("une image")),
    (b"\xff\xd8\xff", _l("une image")), (b"GIF8", _l("une image")),
)  # fmt: skip

# As str patterns see them, which take four more signs for spaces than bytes patterns.
_SPACES = re.compile(rb"[\s\x1c-\x1f]+")
_LINES = frozenset(b"\r\n")


def read_statement(content: bytes, columns: Columns | None = None) -> Read | Doubt:
    """The credits of a CSV, an OFX or a CAMT.053; a Doubt for a CSV whose columns must be named.

    Raises StatementRefused with the line and the reason; nothing is kept of a refused file.
    """
    check_size(len(content))
    for mark, name in _OTHERS:
        if content.startswith(mark):
            raise StatementRefused(
                _(
                    "Ce fichier est %(kind)s. Exportez le relevé de la banque en CAMT.053, OFX ou CSV."
                )
                % {"kind": name}
            )
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096].upper()
    if head.startswith(b"OFXHEADER") or b"<OFX>" in head or b"<?OFX" in head:
        _refuse_entities(content)
        return read_ofx(_spaced_once(content))
    if MARK in head and head.startswith(b"<"):
        return read_camt(content)
    if head.startswith(b"<"):
        raise StatementRefused(
            _("Ce fichier XML n’est pas un relevé : il faut du CAMT.053, de l’OFX ou du CSV.")
        )
    return read_csv(content, columns)


def _spaced_once(content: bytes) -> bytes:
    """The same with one sign for each run of spaces, and every CDATA closed.

    The patterns of ofxtools try runs of spaces in every way they may be cut: two thousand spaces after
    "<?xml" are hours. Raises StatementRefused.
    """
    for opened in content.split(b"<![CDATA[")[1:]:
        if b"]]>" not in opened:
            raise StatementRefused(
                _("Ce fichier OFX est abîmé ou coupé. Exportez-le à nouveau : rien n’est importé.")
            )
    return _SPACES.sub(lambda run: b" " if not set(run[0]) & _LINES else b"\n", content)


def _refuse_entities(content: bytes) -> None:
    """No statement declares entities: they only serve to read other files or to swell (XXE)."""
    if re.search(rb"<!\s*(ENTITY|DOCTYPE)", content, re.IGNORECASE):
        raise StatementRefused(
            _("Ce fichier contient des instructions qu’un relevé n’a jamais. Rien n’est importé.")
        )
