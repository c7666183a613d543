"""The database itself refuses to change an account, a slip or a line."""

import pytest
from django.db import DatabaseError, connection, transaction

from payroll.models import AccountEntry, Payslip, PayslipLine
from tests.payroll.scene import set_scene

MODELS = [AccountEntry, Payslip, PayslipLine]


@pytest.fixture(params=MODELS, ids=lambda model: model.__name__)
def rows(request, people):
    set_scene(people).issued()
    return request.param.objects


def test_an_update_is_refused(rows):
    column = "amount" if hasattr(rows.model, "amount") else "net_paid"
    before = list(rows.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**{column: 1})
    assert list(rows.values()) == before


def test_a_deletion_is_refused(rows):
    count = rows.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.all()._raw_delete(using="default")
    assert rows.count() == count


@pytest.mark.postgres
def test_a_truncation_is_refused(rows):
    count = rows.count()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {rows.model._meta.db_table} CASCADE")
    assert rows.count() == count
