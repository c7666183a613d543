"""What a bank file may say, and how its parts are named. Pure."""

import re

# The Latin set every bank of the SEPA scheme takes (EPC217-08).
_FORBIDDEN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def sepa_text(text: str, longest: int) -> str:
    """ "Léa Œuvrard & fils" → "Lea OEuvrard fils": accents off, other signs become spaces."""
    from text_unidecode import unidecode  # a table of every alphabet: 5 MiB, for bank files alone

    plain = " ".join(_FORBIDDEN.sub(" ", unidecode(text)).split())
    # A field that begins or ends with "/" or holds "//" is refused by some banks.
    return re.sub(r"/{2,}", "/", plain).strip("/ ")[:longest].rstrip()


def order_reference(*, month: str, run: int, rank: int) -> str:
    """Message identification: "CT202611-7-2", 35 signs at most, once for ever at a host's bank."""
    return f"CT{month}-{run}-{rank}"


def refund_reference(*, month: str, cohort: int, rank: int) -> str:
    """The same of an order of refunds, "CTF202611-7-2": never the reference of a pay."""
    return f"CTF{month}-{cohort}-{rank}"


def end_to_end(reference: str, rank: int) -> str:
    """Follows one payment to the bank statement and back: "CT202611-7-2-003"."""
    return f"{reference}-{rank:03d}"
