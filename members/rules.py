"""Names, phones, codes and accounts: folding, reading, and telling whether two people are one. Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from stdnum import bic as bic_number
from stdnum import iban as iban_number
from stdnum import numdb
from stdnum.exceptions import ValidationError

# Mainland first: a number typed without its country is most often from there.
_REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT", "NC", "PF")
# No I, L, O, U: what hands confuse, and what spells words.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8  # 5 bits each: 40 bits
_CONFUSED = str.maketrans("OIL", "011")
# Where a SEPA transfer reaches (EPC409-09, Serbia included since 2026): the only ones we send.
SEPA = frozenset(
    {
        "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI",
        "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL",
        "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Lower-case letters and digits only, words joined by one space; accents and marks removed."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def search_key(first_name: str, last_name: str) -> str:
    """The key duplicates are compared by: folded last name, then folded first name."""
    return f"{fold(last_name)} {fold(first_name)}".strip()


def clean_text(text: str) -> str:
    """One line as people mean it: composed accents, single spaces, no control character."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in composed)
    return " ".join(visible.split())


def normal_email(text: str) -> str:
    return clean_text(text).replace(" ", "").lower()


def normal_phone(text: str) -> str | None:
    """A French number, however typed, as E.164 ("+33639980012"); "" stays ""; None when it is none.

    A spreadsheet drops the first zero: "639980012" is read as well.
    """
    typed = clean_text(text)
    if not typed:
        return ""
    read = [number for region in _REGIONS if (number := _parsed(typed, region)) is not None]
    for number in read:
        if phonenumbers.is_valid_number(number):
            return _e164(number)
    # Well made without being in service: a new range, or one kept for fiction.
    written = _e164(read[0]) if read else ""
    return written if re.fullmatch(r"\+33[1-9]\d{8}", written) else None


def spoken_phone(e164: str) -> str:
    """As people read it aloud: "+33639980012" → "06 39 98 00 12"; other countries keep their prefix."""
    number = _parsed(e164, "FR")
    if number is None:
        return e164
    form = phonenumbers.PhoneNumberFormat
    home = number.country_code == 33
    return str(phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL))


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _parsed(typed: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None


def code_of(number: int) -> str:
    """The typed code of a 40-bit number, in Crockford's base 32, grouped: "7GK2-9QXM"."""
    letters = "".join(
        CODE_ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH - 1, -1, -1)
    )
    return f"{letters[:4]}-{letters[4:]}"


def read_code(text: str) -> str | None:
    """What was typed, as a code without its dash; None when it cannot be one. O reads 0, I and L read 1."""
    letters = re.sub(r"[\s\-\u2010-\u2015_.]", "", text.upper()).translate(_CONFUSED)
    if len(letters) != CODE_LENGTH or any(char not in CODE_ALPHABET for char in letters):
        return None
    return letters


class IbanProblem(StrEnum):
    """Why a number is not an account money can be sent to, from the plainest to the subtlest."""

    EMPTY = "empty"
    COUNTRY = "country"  # its first two letters are no country with IBANs
    OUTSIDE_SEPA = "outside_sepa"
    LENGTH = "length"
    SIGNS = "signs"  # a letter where the country has digits, or the reverse
    CHECKSUM = "checksum"  # one sign mistyped, or two swapped (ISO 13616, mod 97)


def read_iban(typed: str) -> str | IbanProblem:
    """An IBAN as people type or paste it, in its compact form, or what is wrong with it."""
    number = re.sub(r"[^A-Z0-9]", "", typed.upper()).removeprefix("IBAN")
    if not number:
        return IbanProblem.EMPTY
    known = iban_length(number[:2])
    if known is None:
        return IbanProblem.COUNTRY
    if number[:2] not in SEPA:
        return IbanProblem.OUTSIDE_SEPA
    if len(number) != known:
        return IbanProblem.LENGTH
    # With right check digits, what the library still refuses is the shape of the country's part.
    righted = number[:2] + iban_number.calc_check_digits(number) + number[4:]
    if not (number[2:4].isdigit() and iban_number.is_valid(righted)):
        return IbanProblem.SIGNS
    return number if number == righted else IbanProblem.CHECKSUM


def iban_length(country: str) -> int | None:
    """How many signs the IBANs of a country have; None when it has none."""
    known = numdb.get("iban").info(country)[0][1]
    if not known or len(country) != 2:
        return None
    return 4 + sum(int(part) for part in re.findall(r"(\d+)!", known["bban"]))


def bic_of(typed: str) -> str | None:
    """A BIC in capitals; "" stays ""; None when it is none."""
    bic = re.sub(r"\s", "", typed.upper())
    try:
        return bic_number.validate(bic) if bic else ""
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a line of a list, or a row, says of somebody. `email` and `phone` are normalised."""

    first_name: str
    last_name: str
    birth_date: dt.date | None = None
    email: str = ""
    phone: str = ""


def marks_of(identity: Identity) -> Iterator[str]:
    """What two identities must share, one at least, for `likely_same` to say anything of them.

    So that lists are compared by what they share, at a cost that grows with their length and not
    with its square.
    """
    words = search_key(identity.first_name, identity.last_name).split()
    yield "name:" + " ".join(sorted(words))
    if identity.birth_date:
        yield f"born:{identity.birth_date}"
    if identity.email:
        yield f"email:{identity.email}"
    if identity.phone:
        yield f"phone:{identity.phone}"


class Likeness(StrEnum):
    """Why two identities look like one person, from the surest to the weakest."""

    SAME_NAME_AND_BIRTH = "same_name_and_birth"
    SAME_NAME_AND_CONTACT = "same_name_and_contact"
    SAME_NAME = "same_name"  # one birth date or both are unknown
    BIRTH_MISTYPED = "birth_mistyped"  # same name; day and month swapped, or one digit apart
    CLOSE_NAME_AND_BIRTH = "close_name_and_birth"
    CLOSE_NAME_AND_CONTACT = "close_name_and_contact"


def likely_same(a: Identity, b: Identity) -> Likeness | None:
    """Whether a person should be asked "is it the same?", and why; None when nothing says so.

    A phone or an e-mail alone never suffices: families share them. Two people of the same name born
    on clearly different days are two people.
    """
    contact = bool(a.email and a.email == b.email) or bool(a.phone and a.phone == b.phone)
    born_same = a.birth_date is not None and a.birth_date == b.birth_date
    born_apart = a.birth_date is not None and b.birth_date is not None and not born_same
    if _same_name(a, b):
        if born_same:
            return Likeness.SAME_NAME_AND_BIRTH
        if contact:
            return Likeness.SAME_NAME_AND_CONTACT
        if not born_apart:
            return Likeness.SAME_NAME
        return Likeness.BIRTH_MISTYPED if _mistyped(a.birth_date, b.birth_date) else None
    if not _close_name(a, b):
        return None
    if born_same:
        return Likeness.CLOSE_NAME_AND_BIRTH
    return Likeness.CLOSE_NAME_AND_CONTACT if contact and not born_apart else None


def _same_name(a: Identity, b: Identity) -> bool:
    """The same words in any order: columns of first and last names are often swapped."""
    return sorted(search_key(a.first_name, a.last_name).split()) == sorted(
        search_key(b.first_name, b.last_name).split()
    )


def _close_name(a: Identity, b: Identity) -> bool:
    """One typing mistake in the first name, one in the last."""
    return one_apart(fold(a.first_name), fold(b.first_name)) and one_apart(
        fold(a.last_name), fold(b.last_name)
    )


def one_apart(a: str, b: str) -> bool:
    """Equal, or one letter added, dropped, replaced or swapped with its neighbour."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 3:
        return False
    start = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )


def _mistyped(a: dt.date | None, b: dt.date | None) -> bool:
    if a is None or b is None:
        return False
    swapped = a.year == b.year and a.day == b.month and a.month == b.day
    digits = sum(x != y for x, y in zip(a.isoformat(), b.isoformat(), strict=True))
    return swapped or digits == 1


def spaced_iban(iban: str) -> str:
    """By four, as printed."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
