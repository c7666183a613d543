"""Which invoices a bank credit may pay: proposals, ranked. A person confirms; nothing is decided here.

Pure; amounts in integer cents, VAT included.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

MOST_PROPOSALS = 3
MOST_INVOICES_TOGETHER = 4
# Beyond, naming every combination of one customer's invoices costs more than it helps.
MOST_OF_ONE_CUSTOMER = 12
LIKE = 0.85  # two words this alike are the same, but for a slip
SAME_NAME = 0.55

# Words of banks and of legal forms: they say nothing about who pays.
_NOISE = frozenset(
    re.findall(
        r"\w+",
        "vir virement virements sepa inst recu recus emis reference ref de du des la le les et sarl sas "
        "sasu eurl scop scic snc association assoc asso monsieur madame mme mlle mons societe ste ets "
        "facture fact fac client paiement reglement acompte",
    )
)


class Why(StrEnum):
    NUMBER = "number"  # the number of the invoice stands in the words
    AMOUNT = "amount"  # exactly what is left
    NAME = "name"  # the customer's name stands in the words
    SEVERAL = "several"  # one credit for several invoices
    PART = "part"  # less than what is left
    MORE = "more"  # more than what is left: the rest waits


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    key: int
    number: str
    customer_key: int
    customer: str
    left: int  # above zero
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Credit:
    words: str
    amount: int


@dataclass(frozen=True, slots=True)
class Proposal:
    parts: tuple[tuple[int, int], ...]  # (key of the invoice, cents)
    score: int
    why: tuple[Why, ...]


def proposals(credit: Credit, invoices: Sequence[OpenInvoice]) -> list[Proposal]:
    """At most three, the best first. The parts never pass the credit nor what is left of an invoice."""
    found = [
        *_by_number(credit, invoices),
        *_by_amount(credit, invoices),
        *_by_customer(credit, invoices),
    ]
    best: dict[tuple[tuple[int, int], ...], Proposal] = {}
    for one in found:
        if one.parts not in best or best[one.parts].score < one.score:
            best[one.parts] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.parts))[:MOST_PROPOSALS]


def _by_number(credit: Credit, invoices: Sequence[OpenInvoice]) -> list[Proposal]:
    named = [one for one in invoices if says_number(credit.words, one.number)]
    if not named:
        return []
    named.sort(key=lambda one: (one.due_on, one.key))
    parts, rest = [], credit.amount
    for one in named:
        if rest > 0:
            parts.append((one.key, min(rest, one.left)))
            rest -= parts[-1][1]
    why, score = [Why.NUMBER], 80
    if sum(one.left for one in named) == credit.amount:
        why, score = [Why.NUMBER, Why.AMOUNT], 100
    elif rest > 0:
        why.append(Why.MORE)
    else:
        why.append(Why.PART)
    if len(named) > 1:
        why.append(Why.SEVERAL)
    if likeness(named[0].customer, credit.words) >= SAME_NAME:
        why.append(Why.NAME)
        score += 5
    return [Proposal(tuple(parts), score, tuple(why))]


def _by_amount(credit: Credit, invoices: Sequence[OpenInvoice]) -> list[Proposal]:
    same = [one for one in invoices if one.left == credit.amount]
    found = []
    for one in same:
        named = likeness(one.customer, credit.words) >= SAME_NAME
        why = (Why.AMOUNT, Why.NAME) if named else (Why.AMOUNT,)
        # The amount alone proves little, less still when several invoices have it.
        score = 70 if named else 30 if len(same) == 1 else 20
        found.append(Proposal(((one.key, credit.amount),), score, why))
    return found


def _by_customer(credit: Credit, invoices: Sequence[OpenInvoice]) -> list[Proposal]:
    """Several invoices of one customer that make the amount; else a part of the oldest."""
    by_customer: dict[int, list[OpenInvoice]] = {}
    for one in invoices:
        by_customer.setdefault(one.customer_key, []).append(one)
    found = []
    for own in by_customer.values():
        if likeness(own[0].customer, credit.words) < SAME_NAME:
            continue
        own.sort(key=lambda one: (one.due_on, one.key))
        for many in range(2, min(len(own), MOST_INVOICES_TOGETHER) + 1):
            for group in combinations(own[:MOST_OF_ONE_CUSTOMER], many):
                if sum(one.left for one in group) == credit.amount:
                    parts = tuple((one.key, one.left) for one in group)
                    found.append(Proposal(parts, 65, (Why.SEVERAL, Why.AMOUNT, Why.NAME)))
        oldest = own[0]
        if credit.amount < oldest.left:
            found.append(Proposal(((oldest.key, credit.amount),), 40, (Why.NAME, Why.PART)))
    return found


def says_number(words: str, number: str) -> bool:
    """The number stands in the words, whatever its spaces, dashes and slashes: "CT 2026/12" says CT-2026-12.

    Not inside a longer one: F-12 is not said by F-123.
    """
    pattern = _pattern(number)
    if pattern is None:
        return False
    said = plain(words).upper()
    # The last digits stand there, or nothing does: far cheaper than asking the pattern each time.
    core = re.findall(r"[0-9]+", number)[-1].lstrip("0")
    return core in said and pattern.search(said) is not None


@lru_cache(maxsize=8192)
def _pattern(number: str) -> re.Pattern[str] | None:
    # "F-00012" may be written F12 or F 12; letters and digits may be glued or not.
    cut = re.findall(r"[A-Z]+|[0-9]+", plain(number).upper())
    digits = [part for part in cut if part.isdigit()]
    # Digits alone must be long enough not to be a date or a postcode by chance.
    if not digits or (len(digits) == len(cut) and len("".join(cut)) < 4):
        return None
    middle = r"[^0-9A-Z]*".join(
        rf"0*{part.lstrip('0') or '0'}" if part.isdigit() else part for part in cut
    )
    before = r"(?<![0-9])" if cut[0].isdigit() else r"(?<![A-Z])"
    after = r"(?![0-9])" if cut[-1].isdigit() else r"(?![A-Z])"
    return re.compile(before + middle + after)


def likeness(name: str, words: str) -> float:
    """How much of a customer's name stands in the words of a bank, from 0 to 1.

    Banks write without accents, cut long names and add words of their own.
    """
    own, said = _words(name), _by_letter(words)
    if not own or not said:
        return 0.0
    found = [word for word in own if any(_same(word, one) for one in said.get(word[0], ()))]
    return sum(len(word) for word in found) / sum(len(word) for word in own)


@lru_cache(maxsize=1024)
def _by_letter(text: str) -> dict[str, list[str]]:
    """A slip is seldom on the first letter; without it, every pair would be compared at length."""
    found: dict[str, list[str]] = {}
    for word in _words(text):
        found.setdefault(word[0], []).append(word)
    return found


def _same(word: str, said: str) -> bool:
    if word == said or (len(said) >= 4 and word.startswith(said)):
        return True
    if len(word) < 5 or abs(len(word) - len(said)) > 2:
        return False
    return SequenceMatcher(None, word, said).ratio() >= LIKE


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    found = re.findall(r"[a-z0-9]+", plain(text).lower())
    return tuple(
        word for word in found if len(word) >= 3 and word not in _NOISE and not word.isdigit()
    )


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Without accents."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parted if not unicodedata.combining(char))
