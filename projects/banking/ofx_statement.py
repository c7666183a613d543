"""A statement as OFX. ofxtools parses both its dresses (SGML and XML); we read the few fields we keep.

Banks often break the letter of the standard (a name too long, a field left out): the parsed tree is
read, not its strict model, so that a field we never look at does not refuse a month of statements.
"""

import io
from xml.etree.ElementTree import Element

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


def read_ofx(content: bytes) -> Read:
    """The credits of an OFX file. Raises StatementRefused."""
    # Ten MiB (it brings a client of banks) that a worker never needs: loaded with the first file.
    from ofxtools.header import OFXHeaderError
    from ofxtools.Parser import OFXTree

    tree = OFXTree()
    try:
        root = tree.parse(io.BytesIO(content))
    # ParseError is a SyntaxError; wrong letters and wrong headers are ValueErrors.
    except (SyntaxError, OFXHeaderError, ValueError, LookupError, AttributeError) as error:
        raise StatementRefused(
            _("Ce fichier OFX est abîmé ou coupé. Exportez-le à nouveau : rien n’est importé.")
        ) from error
    found = Read(StatementKind.OFX)
    accounts = {_text(one, "ACCTID") for one in root.iter("BANKACCTFROM")}
    if len(accounts) > 1:
        raise StatementRefused(_("Ce fichier a plusieurs comptes. Exportez un compte à la fois."))
    found.account = "".join(accounts)[-4:]
    for currency in root.iter("CURDEF"):
        if (currency.text or "").strip() not in ("", "EUR"):
            raise StatementRefused(_("Ce compte n’est pas en euros."))
    for number, one in enumerate(root.iter("STMTTRN"), start=1):
        if number > MAX_ROWS:
            raise StatementRefused(
                _("Ce relevé a plus de %(n)d lignes. Exportez un mois à la fois.") % {"n": MAX_ROWS}
            )
        line = _line(number, one)
        if line.cents:
            found.take(line)
    if found.first_on is None:
        raise StatementRefused(_("Ce relevé n’a aucune opération."))
    return found


def _line(number: int, one: Element) -> ReadLine:
    day = read_day(_text(one, "DTPOSTED")[:8])
    cents = read_cents(_text(one, "TRNAMT"))
    if day is None:
        raise StatementRefused(
            _("Opération %(n)d : la date ne se lit pas. Rien n’est importé.") % {"n": number}
        )
    if cents is None:
        raise StatementRefused(
            _("Opération %(n)d : le montant ne se lit pas. Rien n’est importé.") % {"n": number}
        )
    words = [_text(one, name) for name in ("NAME", "MEMO", "REFNUM")]
    return ReadLine(number, day, cents, tidy(" ".join(dict.fromkeys(words))))


def _text(one: Element, name: str) -> str:
    return (one.findtext(name) or "").strip()
