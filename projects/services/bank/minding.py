"""Credits that are not for a cohort are other people's business: forgotten, only a fingerprint stays."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ct_platform.kit.actor import Actor
from projects.models import BankLine, BankMatch, BankStatement

# A transfer may come before its invoice is issued: two months to be told whose it is.
KEPT_DAYS = 60


@transaction.atomic
def forget_lines(
    *, statement: BankStatement, keys: Collection[int], actor: Actor, at: dt.datetime
) -> int:
    """Erase the words, the day and the amount of these credits; how many. What was ever matched stays."""
    rows = _unmatched().filter(statement=statement, pk__in=keys)
    return _erase(rows, at, actor.person_id)


@transaction.atomic
def forget_old(*, at: dt.datetime) -> int:
    """The same, sixty days after they were brought in, for what nobody matched; how many."""
    return _erase(_unmatched().filter(created_at__lt=at - dt.timedelta(days=KEPT_DAYS)), at, None)


def _unmatched() -> QuerySet[BankLine]:
    ever = BankMatch.objects.filter(line=OuterRef("pk"))
    rows: QuerySet[BankLine] = BankLine.objects.kept().exclude(Exists(ever))
    return rows


def _erase(rows: QuerySet[BankLine], at: dt.datetime, by: int | None) -> int:
    """Locked first, then judged again: a match confirmed at the same second is seen, or finds it forgotten."""
    keys = [one.pk for one in rows.select_for_update(of=("self",)).only("pk").order_by("pk")]
    return (
        _unmatched()
        .filter(pk__in=keys)
        .update(words="", day=None, amount=None, twin=None, forgotten_at=at, forgotten_by_id=by)
    )
