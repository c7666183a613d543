"""Entries in the eighteen columns of the FEC: a file an accountant imports.

LPF art. A47 A-1 (arrêté of 29 July 2013): first line the names of the fields, one separator (a tab),
dates AAAAMMJJ, decimal comma, ISO 8859-15. It is not the FEC of a year: the host's accountant reads,
imports and validates.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ct_platform.kit.exports import safe_text
from ct_platform.kit.money import ZERO
from payroll.rules.accounts import Account
from payroll.rules.booking import Entry, Posting

ENCODING = "iso8859-15"
COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
# What people type and the declared set does not hold; a bar would look like another separator.
_TYPED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "|": "/",
     "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i"}
)  # fmt: skip


def fec_file(
    entries: Iterable[Entry],
    plan: Mapping[str, Account],
    names: Mapping[str, str],
    journals: Mapping[str, str],
) -> bytes:
    """Write entries one after the other. `names`: of auxiliary accounts; `journals`: code → words."""
    lines = [list(COLUMNS)]
    for one in entries:
        lines += [_line(one, posting, plan, names, journals) for posting in one.postings]
    text = "".join("\t".join(_clean(cell) for cell in line) + "\r\n" for line in lines)
    return text.encode(ENCODING)


def _line(
    one: Entry,
    posting: Posting,
    plan: Mapping[str, Account],
    names: Mapping[str, str],
    journals: Mapping[str, str],
) -> list[str]:
    account = plan[posting.role]
    return [
        one.journal,
        journals[one.journal],
        one.number,
        f"{one.on:%Y%m%d}",
        account.number,
        account.label,
        posting.person,
        names.get(posting.person, ""),
        one.piece,
        f"{one.piece_on:%Y%m%d}",
        one.label,
        _money(max(posting.amount, ZERO)),
        _money(max(-posting.amount, ZERO)),
        "",
        "",
        # The day the piece became final; the accountant's software sets its own at validation.
        f"{one.piece_on:%Y%m%d}",
        "",
        "",
    ]


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _clean(text: str) -> str:
    """One line, no separator, only characters of the declared set: "Ștefan’s" becomes "Stefan's"."""
    line = " ".join(text.translate(_TYPED).split())
    # Made safe last: a wide "＝" or a space before it only become a formula here.
    return safe_text("".join(_known(letter) for letter in unicodedata.normalize("NFC", line)))


def _known(letter: str) -> str:
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        return bare or "?"
    return letter
