"""What an archived cohort still lets its host do with money, and which addresses lead to a cohort."""

from collections.abc import Iterable

from cohorts import archive
from projects.models import CashCount


def keep_open() -> None:
    """Called once, from ProjectsConfig.ready()."""
    archive.keep_open(
        "Customers pay after the end: the host alone still notes it, and no pay run is reopened.",
        "projects:invoice_payments", "projects:reverse_payment", "projects:set_off",
        "projects:remind",
    )  # fmt: skip
    archive.keep_open(
        "An invoice may be wrong long after the end: the host alone gives back, at its own charge.",
        "projects:credit_invoice", "projects:issue_invoice", "projects:drop_invoice",
        "projects:mail_invoice", "projects:hand_invoice",
    )  # fmt: skip
    archive.keep_open(
        "The bank is the host's own, of no cohort; what it pays is judged by the payment.",
        "projects:bank", "projects:bank_columns", "projects:drop_statement",
        "projects:forget_bank_lines", "projects:choose_invoice", "projects:confirm_match",
        "projects:undo_match", "projects:tell_lines_apart",
    )  # fmt: skip
    archive.reached_by("count_id", _cohort_of_count)


def _cohort_of_count(key: int) -> Iterable[int]:
    keys: Iterable[int] = CashCount.objects.filter(pk=key).values_list(
        "project__cohort_id", flat=True
    )
    return keys
