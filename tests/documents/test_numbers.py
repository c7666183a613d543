"""Numbers of papers: chronological, no gap, no reuse."""

import threading

import pytest
from django.db import close_old_connections, connection, transaction

from documents.models import Counter
from documents.services.numbers import take_numbers


def take(count=1, **changes):
    key = {"issuer_key": 7, "series": "R", "year": 2026, "count": count}
    return take_numbers(**{**key, **changes})


def test_it_counts_on_from_the_last_number(db):
    assert take(2) == ["2026-R-00001", "2026-R-00002"]
    assert take() == ["2026-R-00003"]


def test_it_counts_each_issuer_series_and_year_apart(db):
    take(3)
    assert take(issuer_key=8) == ["2026-R-00001"]
    assert take(series="A") == ["2026-A-00001"]
    assert take(year=2027) == ["2027-R-00001"]


def test_it_gives_numbers_back_when_the_act_fails(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take(5)
        1 / 0  # noqa: B018 - the issuing act fails
    assert take() == ["2026-R-00001"]


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_it_refuses_a_silly_count(db, count):
    with pytest.raises(ValueError, match="between 1"):
        take(count)
    assert not Counter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_be_taken_outside_the_act():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        take()
    assert not Counter.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_it_leaves_no_gap_when_many_take_at_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time: run with DATABASE_URL on PostgreSQL")
    taken: list[str] = []

    def issuer(n: int) -> None:
        try:
            for turn in range(5):
                try:
                    with transaction.atomic():
                        numbers = take(2)
                        if (n + turn) % 4 == 0:
                            raise ZeroDivisionError  # this act fails and gives its numbers back
                except ZeroDivisionError:
                    continue
                taken.extend(numbers)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=issuer, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = Counter.objects.get().last
    assert last == len(taken) == len(set(taken)) == 60
    assert sorted(taken)[-1] == "2026-R-00060"
