"""Amounts in words, as on a cheque, and a name after "de": what a person can read aloud."""

import unicodedata
from decimal import Decimal

from ct_platform.kit.money import to_cents


def amount_in_words(amount: Decimal) -> str:
    """Write 249.52 as "deux cent quarante-neuf euros et cinquante-deux centimes".

    Raises ValueError for an amount finer than the cent.
    """
    from num2words import num2words  # brings forty languages, 4 MiB, for cheques alone

    whole, rest = divmod(abs(to_cents(amount)), 100)
    parts = []
    if whole or not rest:
        # "un million d'euros", but "un million deux cents euros".
        link = " d’" if whole and whole % 1_000_000 == 0 else " "
        parts.append(f"{num2words(whole, lang='fr')}{link}{'euro' if whole < 2 else 'euros'}")
    if rest:
        parts.append(f"{num2words(rest, lang='fr')} {'centime' if rest < 2 else 'centimes'}")
    return ("moins " if amount < 0 else "") + " et ".join(parts)


def of_name(name: str) -> str:
    """ "d’Aminata", "de Thierry", "du Plateau", "des Racines": a name after a noun. An h is said as it is written."""
    for article, said in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return said + name.removeprefix(article)
    bare = unicodedata.normalize("NFD", name)[:1].lower()
    return f"d’{name}" if bare and bare in "aeiouœæ" else f"de {name}"
