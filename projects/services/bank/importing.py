"""Bringing a statement in: wholly or not at all, each credit once, whatever files overlap."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit import clock, states
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import from_cents
from projects.banking import Columns, Read, ReadLine, StatementRefused, read_statement
from projects.enums import STATEMENT_ALLOWED, StatementKind, StatementState
from projects.models import BankLine, BankStatement

# Files are kept only while their columns are in doubt, as text that any letters fit.
_LETTERS = "latin-1"


@dataclass(frozen=True, slots=True)
class Brought:
    """The statement a file made, now or (not `is_new`) when it came the first time."""

    statement: BankStatement
    is_new: bool


@transaction.atomic
def import_statement(
    *, host: Organisation, name: str, content: bytes, actor: Actor, at: dt.datetime
) -> Brought:
    """Read a CSV, OFX or CAMT.053 statement and keep its new credits; a CSV in doubt stays a draft.

    The same file again gives back the statement it made. Raises Refused (StatementRefused with the
    line and the reason): then nothing is kept.
    """
    held = _hold_host(host.pk)
    digest = _hash("file", held.pk, _digest(content))
    same = BankStatement.objects.of_host(held.pk).filter(digest=digest)
    found: BankStatement | None = same.exclude(state=StatementState.DROPPED).first()
    if found is not None:
        return Brought(found, is_new=False)
    read = read_statement(content)
    statement = BankStatement(
        host=held, kind=StatementKind.CSV, name=name[:100], digest=digest,
        imported_by_id=actor.person_id, at=at,
    )  # fmt: skip
    if not isinstance(read, Read):
        statement.content = content.decode(_LETTERS).replace("\0", "")
        with refusing(BankStatement):
            statement.save()
        return Brought(statement, is_new=True)
    statement.kind = read.kind
    with refusing(BankStatement):
        statement.save()
    _keep(statement, read, actor, at)
    return Brought(statement, is_new=True)


@transaction.atomic
def choose_columns(
    *, statement: BankStatement, columns: Columns, actor: Actor, at: dt.datetime
) -> BankStatement:
    """Read a draft with the columns somebody named; its file is then thrown away.

    Done already, it is quiet. Raises StatementRefused; the draft stays, to choose again.
    """
    _hold_host(statement.host_id)
    held = _hold(statement)
    if held.state == StatementState.IMPORTED:
        return held
    if held.state != StatementState.DRAFT:
        raise Refused(_("Ce relevé est abandonné. Envoyez-le à nouveau."))
    read = read_statement(held.content.encode(_LETTERS), columns)
    if not isinstance(read, Read):
        raise StatementRefused(_("Ces colonnes ne se lisent pas."))
    _keep(held, read, actor, at)
    return held


@transaction.atomic
def drop_statement(*, statement: BankStatement, actor: Actor, at: dt.datetime) -> None:
    """Give a draft up: its file is thrown away. Twice is quiet."""
    held = _hold(statement)
    if held.state == StatementState.DRAFT:
        _move(held, StatementState.DROPPED, actor, at)


def _hold_host(host_id: int) -> Organisation:
    """One statement of a host at a time: two files that overlap bring each line once."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    found: Organisation = rows.get(pk=host_id)
    return found


def _hold(statement: BankStatement) -> BankStatement:
    rows = BankStatement.objects.select_for_update(of=("self",))
    found: BankStatement = rows.select_related("host").get(pk=statement.pk)
    return found


def _move(statement: BankStatement, to: str, actor: Actor, at: dt.datetime, **stamps: Any) -> None:
    states.move(
        statement, to, allowed=STATEMENT_ALLOWED, by_person_id=actor.person_id, at=at, content="",
        **stamps,
    )  # fmt: skip


def _keep(statement: BankStatement, read: Read, actor: Actor, at: dt.datetime) -> None:
    """The credits no earlier statement brought. The caller holds the host."""
    late = [one for one in read.credits if one.day > clock.civil_day(at)]
    if late:
        words = {"row": late[0].row, "day": clock.format_day(late[0].day)}
        raise StatementRefused(
            _("Ligne %(row)d : le %(day)s est dans le futur. Vérifiez les colonnes.") % words
        )
    prints = list(fingerprints(statement.host_id, read.credits))
    known = set(
        BankLine.objects.of_host(statement.host_id)
        .filter(fingerprint__in=prints)
        .values_list("fingerprint", flat=True)
    )
    fresh = [
        BankLine(
            statement=statement, host_id=statement.host_id, fingerprint=mark, day=one.day,
            amount=from_cents(one.cents), words=one.words, likeness=_likeness(statement, one),
        )
        for mark, one in zip(prints, read.credits, strict=True)
        if mark not in known
    ]  # fmt: skip
    _doubt_repeats(statement, read.account, fresh, known)
    with refusing(BankLine):
        BankLine.objects.bulk_create(fresh, batch_size=500)
    _move(
        statement, StatementState.IMPORTED, actor, at, account=read.account,
        first_on=read.first_on, last_on=read.last_on, kept=len(fresh), known=len(known),
        passed=read.passed,
    )  # fmt: skip


def _doubt_repeats(
    statement: BankStatement, account: str, fresh: Sequence[BankLine], known: Collection[str]
) -> None:
    """Ask of each line that another statement of this account may have brought in other words.

    One for one: two credits of a day against one known leave one in doubt. One query.
    """
    rows = (
        BankLine.objects.of_host(statement.host_id)
        .filter(likeness__in={one.likeness for one in fresh})
        .exclude(fingerprint__in=known)
        .order_by("pk")
    )
    if account:  # most CSV say no account: then it may be this one
        rows = rows.filter(statement__account__in=("", account))
    alike: defaultdict[str, list[BankLine]] = defaultdict(list)
    for row in rows:
        alike[row.likeness].append(row)
    for one in fresh:
        if alike[one.likeness]:
            one.twin = alike[one.likeness].pop(0)


def _likeness(statement: BankStatement, one: ReadLine) -> str:
    return _hash("likeness", statement.host_id, f"{one.day.isoformat()}|{one.cents}")


def fingerprints(host_id: int, lines: Iterable[ReadLine]) -> Iterable[str]:
    """What a line is known by, whatever file brings it: its day, amount, words, and its rank among the
    identical lines of that day. Keyed: a bare hash of an amount and a name is guessed in an instant."""
    seen: Counter[str] = Counter()
    for one in lines:
        words = "".join(char for char in one.words.casefold() if char.isalnum())
        told = f"{one.day.isoformat()}|{one.cents}|{words}"
        yield _hash("line", host_id, f"{told}|{seen[told]}")
        seen[told] += 1


def _hash(what: str, host_id: int, text: str) -> str:
    salt = f"projects.bank.{what}"
    return salted_hmac(salt, f"{host_id}|{text}", algorithm="sha256").hexdigest()


def _digest(content: bytes) -> str:
    return salted_hmac("projects.bank.content", content, algorithm="sha256").hexdigest()
