"""Cells into values, as people in France write them. A fault says what to write instead."""

import datetime as dt
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cohorts.importing.cells import Cell, Formula
from ct_platform.kit.clock import MONTHS, WEEKDAYS, format_day, parse_minutes
from members.rules import fold, normal_phone

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
MOST_WEEKLY_MINUTES = 48 * 60
_NUMERIC_DATE = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$")
_ISO_DATE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?$")
_WORDS_DATE = re.compile(r"^(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class ValueFault(ValueError):
    """The reason a cell cannot be taken, without its place."""


def read_text(cell: Cell, longest: int) -> str:
    """Words on one line, spaces tidied. Raises ValueFault when too long or not text."""
    text = " ".join(_as_text(cell).split())
    if _CONTROL.search(text):
        raise ValueFault(_("des caractères invisibles s’y trouvent. Retapez la cellule."))
    if len(text) > longest:
        raise ValueFault(_("%(limit)d caractères au plus.") % {"limit": longest})
    return text


def read_name(cell: Cell, longest: int) -> str:
    text = read_text(cell, longest)
    if not text:
        raise ValueFault(_("cette case est vide."))
    if not fold(text) or any(char.isdigit() or char in "<>@" for char in text):
        raise ValueFault(_("« %(value)s » n’est pas un nom.") % {"value": text})
    return text


def read_date(cell: Cell, *, long_year: bool = False) -> dt.date:
    """A date as typed in France, in words, as ISO, or as a spreadsheet keeps it.

    `long_year` refuses two-digit years: "05" as a year of birth may be 1905 or 2005.
    """
    if isinstance(cell, dt.date):
        return _sensible(cell)
    text = _as_text(cell)
    if found := _NUMERIC_DATE.match(text):
        if long_year and len(found[3]) == 2:
            raise ValueFault(
                _("écrivez l’année en quatre chiffres (« %(value)s »).") % {"value": text}
            )
        return _made(text, int(found[3]) + (2000 if len(found[3]) == 2 else 0), found[2], found[1])
    if found := _ISO_DATE.match(text):
        return _made(text, int(found[1]), found[2], found[3])
    if (found := _WORDS_DATE.match(fold(text))) and (month := _month(found[2])):
        return _made(text, int(found[3]), str(month), found[1])
    raise ValueFault(
        _("« %(value)s » n’est pas une date. Écrivez jour/mois/année, par exemple 07/09/2026.")
        % {"value": text}
    )


def _month(word: str) -> int | None:
    """ "septembre", "sept", "fev": a month, from three letters when they leave no doubt."""
    found = [n for n, name in enumerate(MONTHS, start=1) if fold(name).startswith(word)]
    return found[0] if len(found) == 1 and len(word) >= 3 and word not in WEEKDAYS else None


def _made(text: str, year: int, month: str, day: str) -> dt.date:
    try:
        return _sensible(dt.date(year, int(month), int(day)))
    except ValueFault:
        raise
    except ValueError as error:
        if int(month) > 12 >= int(day):
            raise ValueFault(
                _("le %(value)s n’existe pas : le jour s’écrit avant le mois.") % {"value": text}
            ) from error
        raise ValueFault(_("le %(value)s n’existe pas.") % {"value": text}) from error


def _sensible(day: dt.date) -> dt.date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueFault(_("l’année %(year)d est impossible.") % {"year": day.year})
    return day


def read_phone(cell: Cell) -> str:
    """E.164. A spreadsheet that took the number for a figure has lost its first zero: it is put back."""
    text = _as_text(cell)
    if re.search(r"[/;,]|\bou\b", text):
        raise ValueFault(_("un seul numéro par personne (« %(value)s »).") % {"value": text})
    if written := normal_phone(text):
        return written
    raise ValueFault(
        _("« %(value)s » n’est pas un numéro de téléphone, par exemple 06 39 98 12 34.")
        % {"value": text}
    )


def read_email(cell: Cell) -> str:
    text = _as_text(cell).lower()
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueFault(
            _("« %(value)s » n’est pas une adresse e-mail.") % {"value": text}
        ) from error
    return text


def read_postcode(cell: Cell) -> str:
    """Five digits; a first zero that the spreadsheet dropped is put back."""
    text = _as_text(cell).replace(" ", "")
    if isinstance(cell, Decimal):
        text = text.zfill(5)
    if not re.fullmatch(r"\d{5}", text):
        raise ValueFault(_("un code postal a cinq chiffres (« %(value)s »).") % {"value": text})
    return text


def read_weekly_minutes(cell: Cell) -> int:
    """ "12,5", "12.5", "12 h 30" → 750 minutes a week."""
    text = f"{cell:%H:%M}" if isinstance(cell, dt.time) else _as_text(cell)
    minutes = parse_minutes(text)
    if minutes is None:
        raise ValueFault(
            _("« %(value)s » n’est pas un nombre d’heures, par exemple 12,5 ou 12 h 30.")
            % {"value": text}
        )
    if not 0 < minutes <= MOST_WEEKLY_MINUTES:
        raise ValueFault(_("entre 0 et 48 heures par semaine (« %(value)s »).") % {"value": text})
    return minutes


def shown(cell: Cell) -> str:
    """The cell as the person who wrote the file would recognise it."""
    return cell.text if isinstance(cell, Formula) else _as_text(cell)


def _as_text(cell: Cell) -> str:
    match cell:
        case Decimal():
            return f"{cell.normalize():f}"
        case dt.date():
            return format_day(cell)
        case Formula():
            raise ValueFault(_("une formule."))
        case _:
            return str(cell).strip()
