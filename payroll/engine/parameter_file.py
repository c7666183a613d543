"""Reading and checking the dated parameter file. No figure of law is written in code.

The whole file is checked before any of it is used: a missing key, an unknown code, an overlap, a
gap in the year or a number that is not one are listed together in one `BadParameters`.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from payroll.engine.codes import LINE_CODES, VALUE_CODES
from payroll.engine.dated import LineEntry, ParameterFile
from payroll.engine.errors import BadParameters
from payroll.engine.parameter_reader import Reader

_TOP_KEYS = ("validity", "value", "line", "pas_grid")


def parse_parameters(content: bytes) -> ParameterFile:
    """Read a parameter file from its bytes.

    Raises `BadParameters` with every defect found, one a line.
    """
    try:
        tree = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadParameters(f"Le fichier des paramètres est illisible : {error}.") from error
    reader = Reader()
    validity = reader.table("validity", tree.get("validity"))
    read = ParameterFile(
        hash=hashlib.sha256(content).hexdigest(),
        valid_from=reader.day("validity", validity, "valid_from"),
        valid_until=reader.day("validity", validity, "valid_until"),
        values=tuple(reader.history(raw) for raw in reader.tables(tree, "value")),
        lines=tuple(reader.line(raw) for raw in reader.tables(tree, "line")),
        grids=tuple(reader.grid(raw) for raw in reader.tables(tree, "pas_grid")),
    )
    problems = [
        *reader.problems,
        *(f"{name} : clé inconnue." for name in tree if name not in _TOP_KEYS),
        *_contradictions(read),
    ]
    if problems:
        raise BadParameters("Le fichier des paramètres est refusé.\n" + "\n".join(problems))
    return read


def _contradictions(read: ParameterFile) -> Iterable[str]:
    """Yield what no single entry shows: gaps, overlaps, missing codes."""
    if read.valid_from > read.valid_until:
        yield "validity : la fin précède le début."
    if read.valid_from.day != 1 or (read.valid_until + timedelta(days=1)).day != 1:
        yield "validity : des mois entiers, du premier jour au dernier."
    given = [history.code for history in read.values]
    yield from (f"{code} : valeur absente." for code in VALUE_CODES if code not in given)
    yield from (
        f"{code} : valeur donnée deux fois." for code in set(given) if given.count(code) > 1
    )
    owed = {entry.code for entry in read.lines}
    yield from (f"{code} : ligne absente." for code in LINE_CODES if code not in owed)
    for one, other in combinations(read.lines, 2):
        if one.code == other.code and one.overlaps(other):
            yield f"{one.code} : deux entrées visent le même effectif."
    yield from _headcount_gaps(read)
    histories = [*read.values, *(entry.rates for entry in read.lines if entry.rates)]
    for history in histories:
        if history.on(read.valid_from) is None:
            yield f"{history.code} : aucune valeur au {read.valid_from:%d/%m/%Y}."
        for dated in history.dated:
            # A month has one value of each: what changes in its middle is not known here.
            if dated.since.day != 1:
                yield f"{history.code} : {dated.since:%d/%m/%Y} n'est pas le premier jour d'un mois."
    for entry in read.lines:
        if entry.rates is None and entry.since > read.valid_from:
            yield f"{entry.code} : aucune valeur au {read.valid_from:%d/%m/%Y}."
    starts = [grid.since for grid in read.grids]
    if len(set(starts)) < len(starts):
        yield "pas_grid : deux grilles prennent effet le même jour."
    if starts and min(starts) > read.valid_from:
        yield f"pas_grid : aucune grille au {read.valid_from:%d/%m/%Y}."


def _headcount_gaps(read: ParameterFile) -> Iterable[str]:
    """Yield the codes whose several entries leave out a headcount: it would owe nothing, unseen."""
    entries: dict[str, list[LineEntry]] = {}
    for entry in sorted(read.lines, key=lambda line: line.headcount_from):
        entries.setdefault(entry.code, []).append(entry)
    for code, found in entries.items():
        for below, above in pairwise(found):
            if below.headcount_below is not None and below.headcount_below < above.headcount_from:
                yield f"{code} : aucune entrée de {below.headcount_below} à {above.headcount_from}."
