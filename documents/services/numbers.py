"""Numbers without a gap: chronological, never reused, whatever happens at once."""

from django.db import connection

from documents.models import Counter

MOST = 10_000


def take_numbers(*, issuer_key: int, series: str, year: int, count: int) -> list[str]:
    """Take the next `count` numbers of a series, e.g. ["2026-R-00041", "2026-R-00042"].

    Call it inside the issuing transaction, as late as possible: the counter row stays locked until
    commit, and a rollback gives the numbers back. Raises RuntimeError outside a transaction and
    ValueError unless 1 <= count <= 10 000.
    Source: CGI annexe II, art. 242 nonies A (continuous chronological numbering).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are taken inside the transaction that uses them")
    if not 1 <= count <= MOST:
        raise ValueError(f"between 1 and {MOST} numbers at once, not {count}")
    key = {"issuer_key": issuer_key, "series": series, "year": year}
    # Two issuers of the first number: one inserts, the other waits and finds the row.
    Counter.objects.bulk_create([Counter(**key)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update().get(**key)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [format_number(series, year, n) for n in range(first, first + count)]


def format_number(series: str, year: int, n: int) -> str:
    return f"{year}-{series}-{n:05d}"
