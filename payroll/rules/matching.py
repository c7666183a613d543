"""Whose slip is this page? Judged by the text it carries, before a person looks. Pure.

Nothing is guessed: a name counts when it stands alone (not inside "Saint-Martin", a street, a town, the
host's name); two people of one name are told apart by birth date or address, or not at all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from members.rules import fold

SURE, LIKELY, NONE = "sure", "likely", "none"

# Words between the two halves of a name, or before it, that are no part of it.
_TITLES = frozenset((
    "m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "salarie", "salariee",
))  # fmt: skip
_NAME_LABELS = frozenset(["nom", "noms", "prenom", "prenoms"])
_STREETS = frozenset((
    "rue", "avenue", "av", "boulevard", "bd", "bld", "bvd", "place", "pl", "allee", "allees",
    "impasse", "chemin", "quai", "square", "route", "cite", "residence", "batiment", "bat",
    "cours", "villa", "hameau", "passage", "esplanade", "faubourg", "rond", "point", "zone",
    "za", "zac", "zi", "college", "lycee", "ecole", "hopital", "maison", "stade",
))  # fmt: skip
_TOWNS = frozenset(["saint", "sainte", "st", "ste"])
# What may stand between "rue" and the name of a street.
_PARTICLES = frozenset((
    "de", "du", "des", "la", "le", "les", "l", "d", "general", "docteur", "dr", "abbe",
    "marechal", "professeur", "president", "colonel",
))  # fmt: skip
_FIELD_LINES = 3  # "Nom" / "Sarr" / "Prénom" / "Amina", each on its line
_CONNECTED = re.compile(r"[\w'’\-‐‑–]+", re.UNICODE)
_DATE = re.compile(r"(?<!\d)(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4}|\d{2})(?!\d)")
_BORN = re.compile(r"naissance|nee? +le|\bne\(e\) +le")
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person a slip may belong to; `key` names them for the caller."""

    key: int
    first_name: str
    last_name: str
    used_name: str = ""
    birth_date: date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`key` is the person when sure or likely; `reason` says why, in French, for whoever checks."""

    kind: str
    key: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters that stand together: "Jean-Marie" is one word of two parts; `shown` as printed."""

    parts: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class _Found:
    line: int
    start: int
    end: int


class _Page:
    """The words of a page, line by line, without titles; and where it names the host or a place."""

    def __init__(self, lines: Sequence[str], not_people: Sequence[str]) -> None:
        read = [_words(line) for line in lines]
        # A form spreads a name over its lines: those are also read as one.
        read += [
            [word for near in read[n : n + _FIELD_LINES + 1] for word in near]
            for n, line in enumerate(read)
            if any(word.parts[0] in _NAME_LABELS for word in line)
        ]
        self.lines = [_unlabelled(line) for line in read]
        self._parts = {part for line in self.lines for word in line for part in word.parts}
        taken = [parts for text in not_people if (parts := tuple(fold(text).split()))]
        self._taken = [
            [span for name in taken for span in _spans(line, name)] for line in self.lines
        ]

    def occurrences(self, name: tuple[str, ...], *, whole: bool = True) -> Iterator[_Found]:
        """Where a name stands as a person's: not in a street, nor in a longer name of a place.

        The last name of somebody alone (not `whole`) is not looked for where a place bears it either.
        """
        if not self._parts.issuperset(name):
            return
        for number, line in enumerate(self.lines):
            for start, end in _spans(line, name):
                inside = any(
                    first <= start and end <= last and not (whole and last - first == end - start)
                    for first, last in self._taken[number]
                )
                if not inside and not _names_a_street(line, start):
                    yield _Found(number, start, end)

    def has(self, text: str) -> bool:
        wanted = tuple(fold(text).split())
        return bool(wanted) and any(True for line in self.lines for _ in _spans(line, wanted))


def match_page(
    lines: Sequence[str], people: Sequence[Candidate], not_people: Sequence[str] = ()
) -> Match:
    """Say whose slip a page is: sure, likely or none, and why.

    `not_people` are names that are no person's: the host, its town, the cohort. Sure asks for first
    and last name side by side, in any order, and for nothing that contradicts it. Likely asks for the
    last name alone, borne by one person only. Case, accents and hyphens never count.
    """
    page = _Page(lines, not_people)
    full = _longest(
        {
            person.key: [found for name in _names(person) for found in page.occurrences(name)]
            for person in people
        }
    )
    named = [person for person in people if person.key in full]
    if len(named) == 1:
        return _sure(lines, named[0])
    if named:
        return _homonym(lines, page, named)
    return _partial(page, people)


def match_name(name: str, people: Sequence[Candidate]) -> Match:
    """Whose file is "bulletin_SARR_Amina.pdf"? A name of a file proves little: likely at most."""
    found = match_page([re.sub(r"[_.\d]+", " ", name)], people)
    if found.kind != SURE:
        return Match(NONE, None, "")
    return Match(LIKELY, found.key, "par le nom du fichier seulement")


def _sure(lines: Sequence[str], person: Candidate) -> Match:
    born = birth_dates(lines)
    if person.birth_date and born and person.birth_date not in born:
        return Match(LIKELY, person.key, "nom et prénom, mais une autre date de naissance")
    return Match(SURE, person.key, "nom et prénom en toutes lettres")


def _homonym(lines: Sequence[str], page: _Page, named: Sequence[Candidate]) -> Match:
    if not _share_a_name(named):
        return Match(NONE, None, "plusieurs personnes sont nommées sur cette page")
    days = dates_in(lines)
    born = [person for person in named if person.birth_date in days]
    if len(born) == 1:
        return Match(SURE, born[0].key, "nom, prénom et date de naissance")
    living = [person for person in named if person.address and page.has(person.address)]
    if len(living) == 1 and not born:
        return Match(SURE, living[0].key, "nom, prénom et adresse")
    return Match(NONE, None, f"{_count(len(named))} personnes portent ce nom et ce prénom")


def _share_a_name(named: Sequence[Candidate]) -> bool:
    common = set(_names(named[0]))
    for person in named[1:]:
        common &= set(_names(person))
    return bool(common)


def _partial(page: _Page, people: Sequence[Candidate]) -> Match:
    """The last name alone, or with a piece of the first name on the same line."""
    found: dict[int, list[_Found]] = {}
    for person in people:
        last = tuple(fold(person.last_name).split())
        spots = [
            one for one in page.occurrences(last, whole=False) if _may_be_a_last_name(page, one)
        ]
        if spots:
            found[person.key] = spots
    kept = _longest(found)
    bearers = [person for person in people if person.key in kept]
    if not bearers:
        return Match(NONE, None, "aucun nom du groupe sur cette page")
    closer = [person for person in bearers if _first_name_near(page, person, kept[person.key])]
    if len(closer) == 1:
        return Match(LIKELY, closer[0].key, "nom, et une partie du prénom")
    if len(bearers) == 1:
        return Match(LIKELY, bearers[0].key, "nom seul")
    if len({fold(person.last_name) for person in bearers}) == 1:
        return Match(NONE, None, f"nom seul, {_count(len(bearers))} personnes le portent")
    return Match(NONE, None, "plusieurs noms du groupe sur cette page")


def _first_name_near(page: _Page, person: Candidate, spots: Sequence[_Found]) -> bool:
    """ "SARR A.", "Sarr, Amina Fatou" for an Amina-Fatou: a first part or an initial beside the name."""
    firsts = {fold(name).split()[0] for name in _firsts(person)}
    for spot in spots:
        line = page.lines[spot.line]
        beside = [*line[max(spot.start - 1, 0) : spot.start], *line[spot.end : spot.end + 1]]
        for word in beside:
            part = word.parts[0]
            initial = len(part) == 1 and word.shown.isupper()
            if part and any(f == part or (initial and f.startswith(part)) for f in firsts):
                return True
    return False


def _may_be_a_last_name(page: _Page, spot: _Found) -> bool:
    """Capitalised, and neither in an address nor after a postcode."""
    line = page.lines[spot.line]
    before = line[max(spot.start - 3, 0) : spot.start]
    if any(word.parts[0] in _STREETS or word.parts[-1] in _TOWNS for word in before):
        return False
    if any(len(word.shown) == 5 and word.shown.isdigit() for word in before):
        return False
    return line[spot.start].shown[:1].isupper()


def _names_a_street(line: Sequence[_Word], start: int) -> bool:
    for word in reversed(line[:start]):
        if word.parts[0] in _STREETS or word.parts in {(town,) for town in _TOWNS}:
            return True
        if word.parts[0] not in _PARTICLES:
            return False
    return False


def _firsts(person: Candidate) -> list[str]:
    return [name for name in (person.first_name, person.used_name) if fold(name)]


def _names(person: Candidate) -> list[tuple[str, ...]]:
    """Every way a full name is written: first or used name, before or after the last name."""
    last = tuple(fold(person.last_name).split())
    firsts = [tuple(fold(name).split()) for name in _firsts(person)]
    return [name for first in firsts if last for name in (first + last, last + first)]


def _longest(found: dict[int, list[_Found]]) -> dict[int, list[_Found]]:
    """Keep, of two names at one place, the one that says more: "Amina Fatou Sarr", not "Fatou Sarr"."""
    every = [spot for spots in found.values() for spot in spots]

    def outdone(spot: _Found) -> bool:
        return any(
            other.line == spot.line
            and other.start <= spot.start
            and spot.end <= other.end
            and other.end - other.start > spot.end - spot.start
            for other in every
        )

    kept = {key: [s for s in spots if not outdone(s)] for key, spots in found.items()}
    return {key: spots for key, spots in kept.items() if spots}


def _words(line: str) -> list[_Word]:
    found = ((tuple(fold(shown).split()), shown) for shown in _CONNECTED.findall(line))
    return [_Word(parts, shown) for parts, shown in found if parts]


def _unlabelled(line: Sequence[_Word]) -> list[_Word]:
    dropped = _TITLES | _NAME_LABELS

    def drops(word: _Word, after: _Word | None) -> bool:
        if word.parts == ("m",):  # "M. Sarr" is a title; "SARR M" may be an initial
            return after is not None
        return word.parts[0] in dropped and len(word.parts) == 1

    return [
        word
        for n, word in enumerate(line)
        if not drops(word, line[n + 1] if n + 1 < len(line) else None)
    ]


def _spans(line: Sequence[_Word], name: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Runs of whole words that spell `name`: "martin" is not found in "Saint-Martin"."""
    for start in range(len(line)):
        spelt: tuple[str, ...] = ()
        for end in range(start, len(line)):
            spelt += line[end].parts
            if spelt == name:
                yield start, end + 1
            if len(spelt) >= len(name):
                break


def dates_in(lines: Sequence[str]) -> frozenset[date]:
    """Every day written on the page: 03/05/1990, 3.5.90. A two-digit year is of the last century
    above 30."""
    found = set()
    for line in lines:
        for day, month, year in _DATE.findall(line):
            whole = int(year)
            if whole < _CENTURY:
                whole += 1900 if whole > 30 else 2000
            try:
                found.add(date(whole, int(month), int(day)))
            except ValueError:
                continue
    return frozenset(found)


def birth_dates(lines: Sequence[str]) -> frozenset[date]:
    """Days written beside "né(e) le" or "naissance", or on the line below."""
    near = []
    for number, line in enumerate(lines):
        folded = fold(line)
        if _BORN.search(folded) or "ne e le" in folded:
            near.append(line)
            if not dates_in([line]):
                near.extend(lines[number + 1 : number + 2])
    return dates_in(near)


def _count(number: int) -> str:
    return {2: "deux", 3: "trois", 4: "quatre"}.get(number, str(number))
