"""An archived cohort is read-only: every act on it is refused at the door, but those named here.

Closed by default, as signing in is: an address that nobody named refuses by itself. What stays open is
what the law or people still need once the group is over; each app registers its own, with the reason.
"""

from collections.abc import Callable, Iterable, Mapping

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor

Path = Callable[[int], Iterable[int]]
# The account, the seat, one's own papers: a coopérant's, whatever became of the group.
ONESELF = ("members:", "documents:", "account_", "mfa_")
_open: dict[str, str] = {}
_paths: dict[str, Path] = {}


def keep_open(reason: str, *names: str) -> None:
    """These acts ("payroll:my_bank") stay possible once the cohort is archived, for that reason."""
    _open.update(dict.fromkeys(names, reason))


def reached_by(argument: str, path: Path) -> None:
    """The argument of an address leads to a cohort: `path(key)` gives the key of that cohort, or none."""
    _paths[argument] = path


def kept_open() -> Mapping[str, str]:
    return dict(_open)


def is_refused(name: str, arguments: Mapping[str, object], actor: Actor) -> bool:
    """Whether this act touches an archived cohort that the actor sees. Two queries at most.

    A cohort out of sight is none of the door's business: the view says 404.
    """
    if name in _open or name.startswith(ONESELF):
        return False
    key = _cohort_of(arguments, actor)
    if key is None:
        return False
    rows = Cohort.objects.visible_to(actor).filter(pk=key, state=CohortState.ARCHIVED)
    return bool(rows.exists())


def _cohort_of(arguments: Mapping[str, object], actor: Actor) -> int | None:
    """The cohort an address names, else the one its objects belong to, else the coopérant's own."""
    if "cohort_id" in arguments:
        return int(str(arguments["cohort_id"]))
    for argument, path in _paths.items():
        if argument in arguments:
            return next(iter(path(int(str(arguments[argument])))), None)
    return actor.cohort_id if actor.is_cooperant else None
