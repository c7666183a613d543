"""The door for files: what it is, by its first bytes rather than its name, then its rows."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from cohorts.importing.cells import MAX_BYTES, MEGABYTE, FileRefused, Table
from cohorts.importing.text_file import read_text_table
from cohorts.importing.workbook import read_workbook

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes of what people send by mistake.
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x1f\x8b",
)


def check_size(size: int) -> None:
    """Raise FileRefused for an empty file or one beyond 5 MB, before its content is touched."""
    if size == 0:
        raise FileRefused(_("Ce fichier est vide (0 octet). Choisissez-en un autre."))
    if size > MAX_BYTES:
        raise FileRefused(
            _("Ce fichier pèse %(size)d Mo. La limite est de %(limit)d Mo.")
            % {"size": -(-size // MEGABYTE), "limit": MAX_BYTES // MEGABYTE}
        )


def read_table(name: str, content: bytes) -> Table:
    """Read a CSV or XLSX file into rows of cells. Raises FileRefused with a sentence."""
    check_size(len(content))
    suffix = PurePath(name.lower()).suffix
    if suffix not in SUFFIXES:
        raise FileRefused(_kind_sentence(suffix))
    if content.startswith(_ZIP):
        table = read_workbook(content)
    elif content.startswith(_OLE):
        raise FileRefused(_ole_sentence(content))
    elif content.startswith(_OTHERS) or _is_markup(content) or suffix == ".xlsx":
        raise FileRefused(
            _("Ce fichier n’est pas ce que dit son nom. Envoyez un fichier CSV ou Excel (.xlsx).")
        )
    else:
        table = read_text_table(content)
    if not table.rows:
        raise FileRefused(
            _("Ce fichier ne contient aucune ligne. Prenez le modèle et remplissez-le.")
        )
    return table


def _is_markup(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _kind_sentence(suffix: str) -> str:
    if suffix == ".xls":
        return _(
            "Ce fichier est au vieux format Excel (.xls). Enregistrez-le en .xlsx, puis renvoyez-le."
        )
    if suffix == ".ods":
        return _("Ce fichier est au format LibreOffice (.ods). Enregistrez-le en .xlsx ou en CSV.")
    return _("Ce type de fichier ne se lit pas ici. Envoyez un fichier CSV ou Excel (.xlsx).")


def _ole_sentence(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("Ce classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe.")
    return _(
        "Ce fichier est au vieux format Excel (.xls). Enregistrez-le en .xlsx, puis renvoyez-le."
    )
