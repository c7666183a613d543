"""The words of the access table: a row an address, and who may open it."""

from dataclasses import dataclass

from tests import personas

EVERYBODY = frozenset(personas.ALL)
COOPERANTS = frozenset({"amina", "bastien", "gael", "chloe"})
STILL_IN = COOPERANTS - {"gael"}  # who left reads, and writes no more


@dataclass(frozen=True)
class Row:
    """`opens`: who may. Everybody else must meet 403 or 404. `post`: the address only acts."""

    opens: frozenset[str]
    post: bool = False
    public: bool = False
    bearer: bool = False  # for machines: a token opens it, no seat does
    sends: tuple[tuple[str, str], ...] = ()  # what the button sends, where the act has several


def page(*names: str) -> Row:
    return Row(frozenset(names))


def act(*names: str) -> Row:
    return Row(frozenset(names), post=True)


MACHINES = Row(frozenset(), bearer=True)
ANYONE = Row(EVERYBODY, public=True)
OWN_DOORS = Row(EVERYBODY)  # pages about oneself: open to all who are signed in
