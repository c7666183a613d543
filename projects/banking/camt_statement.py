"""A statement as CAMT.053 (ISO 20022), whatever its version: the few fields we keep, read by name.

No library of this field keeps to reading (they bring web servers or data frames): defusedxml parses, and
refuses what could read other files or swell. Versions differ by their namespace, by `Sts` (a word, then a
code) and by the party (`Dbtr/Nm`, then `Dbtr/Pty/Nm`).
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from projects.banking.lines import (
    MAX_ROWS,
    Read,
    ReadLine,
    StatementRefused,
    read_cents,
    read_day,
    tidy,
)
from projects.enums import StatementKind

MARK = b"BKTOCSTMRSTMT"


def read_camt(content: bytes) -> Read:
    """The booked credits of a CAMT.053 file. Raises StatementRefused."""
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise StatementRefused(
            _("Ce fichier CAMT est abîmé ou coupé. Exportez-le à nouveau : rien n’est importé.")
        ) from error
    found = Read(StatementKind.CAMT)
    accounts = {_account(one) for one in _all(root, "BkToCstmrStmt/Stmt/Acct")}
    if len(accounts) > 1:
        raise StatementRefused(_("Ce fichier a plusieurs comptes. Exportez un compte à la fois."))
    found.account = "".join(accounts)[-4:]
    for number, entry in enumerate(_all(root, "BkToCstmrStmt/Stmt/Ntry"), start=1):
        if number > MAX_ROWS:
            raise StatementRefused(
                _("Ce relevé a plus de %(n)d lignes. Exportez un mois à la fois.") % {"n": MAX_ROWS}
            )
        if _is_booked(entry):
            for line in _lines(number, entry):
                found.take(line)
    if found.first_on is None:
        raise StatementRefused(_("Ce relevé n’a aucune opération."))
    return found


def _lines(number: int, entry: Element) -> Iterator[ReadLine]:
    """One line, or those of a batch when the bank tells each of its amounts."""
    day = read_day(_text(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")[:10])
    if day is None:
        raise StatementRefused(
            _("Opération %(n)d : la date ne se lit pas. Rien n’est importé.") % {"n": number}
        )
    whole = _cents(number, entry, "Amt")
    sign = 1 if _text(entry, "CdtDbtInd") == "CRDT" else -1
    details = list(_all(entry, "NtryDtls/TxDtls"))
    parts = [_cents(number, one, "Amt", "AmtDtls/TxAmt/Amt") for one in details]
    if len(parts) > 1 and sum(parts) == whole and all(parts):
        for part, one in zip(parts, details, strict=True):
            yield ReadLine(number, day, sign * part, _words(entry, one))
    elif whole:
        yield ReadLine(number, day, sign * whole, _words(entry, *details[:1]))


def _words(entry: Element, *details: Element) -> str:
    """Who paid and what for; what the bank says of the entry when nobody is named."""
    said: list[str] = []
    for one in details:
        said.append(_text(one, "RltdPties/Dbtr/Nm", "RltdPties/Dbtr/Pty/Nm"))
        said += [(free.text or "").strip() for free in _all(one, "RmtInf/Ustrd")]
        said += [(ref.text or "").strip() for ref in _all(one, "RmtInf/Strd/CdtrRefInf/Ref")]
        reference = _text(one, "Refs/EndToEndId")
        said.append("" if reference == "NOTPROVIDED" else reference)
        said.append(_text(one, "AddtlTxInf"))
    said.append(_text(entry, "AddtlNtryInf"))
    return tidy(" ".join(dict.fromkeys(filter(None, said))))


def _is_booked(entry: Element) -> bool:
    """Neither expected nor for information; a version before the eighth writes the word itself."""
    return _text(entry, "Sts/Cd", "Sts") in ("BOOK", "")


def _account(account: Element) -> str:
    currency = _text(account, "Ccy")
    if currency not in ("", "EUR"):
        raise StatementRefused(_("Ce compte n’est pas en euros."))
    return _text(account, "Id/IBAN", "Id/Othr/Id").replace(" ", "")


def _cents(number: int, one: Element, *paths: str) -> int:
    """The amount under the first path that has one; 0 without any."""
    for path in paths:
        for amount in _all(one, path):
            if amount.get("Ccy", "EUR") != "EUR":
                raise StatementRefused(_("Ce compte n’est pas en euros."))
            cents = read_cents(amount.text or "")
            if cents is None or cents < 0:
                raise StatementRefused(
                    _("Opération %(n)d : le montant ne se lit pas. Rien n’est importé.")
                    % {"n": number}
                )
            return cents
    return 0


def _all(one: Element, path: str) -> Iterator[Element]:
    """What stands at a path, in any namespace."""
    yield from one.findall("/".join(f"{{*}}{name}" for name in path.split("/")))


def _text(one: Element, *paths: str) -> str:
    for path in paths:
        for found in _all(one, path):
            if words := (found.text or "").strip():
                return words
    return ""
