"""The rebuilt tables take their guards again, and two new ones become append-only."""

from django.db import migrations

from payroll.migrations._guards import guard, unguard

OLD = ("payroll_accountentry", "payroll_payslip", "payroll_payslipline")
NEW = ("payroll_epayslipevent", "payroll_sliphandover")


def forwards(apps, schema_editor):
    guard(schema_editor, (*OLD, *NEW))


def backwards(apps, schema_editor):
    unguard(schema_editor, NEW)


class Migration(migrations.Migration):
    dependencies = [("payroll", "0005_write_the_nets")]
    operations = [migrations.RunPython(forwards, backwards)]
