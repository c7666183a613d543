"""Amounts in words, as on a cheque: the figure a person can read aloud."""

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
