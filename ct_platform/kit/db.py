"""From a named database constraint to the sentence beside a form field."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from ct_platform.kit.errors import Refused


def constraint_sentences(model: type[models.Model]) -> dict[str, str]:
    return {
        constraint.name: str(constraint.get_violation_error_message())
        for constraint in model._meta.constraints
    }


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return getattr(field, "column", name)


@contextmanager
def refusing(*model_classes: type[models.Model]) -> Iterator[None]:
    """Run a write; a broken constraint of these models becomes `Refused` with its own sentence.

    PostgreSQL names the constraint; SQLite names it for checks and lists the columns for unique
    ones, so columns are matched too.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        text = str(error)
        for model in model_classes:
            table = model._meta.db_table
            for constraint in model._meta.constraints:
                fields = getattr(constraint, "fields", ())
                columns = ", ".join(f"{table}.{_column(model, name)}" for name in fields)
                if constraint.name in text or (columns and text.endswith(columns)):
                    raise Refused(constraint_sentences(model)[constraint.name]) from error
        raise
