"""Slips issued before the account knew of nets: what is owed is written, as issuing does since."""

from django.db import migrations


def forwards(apps, schema_editor):
    Payslip = apps.get_model("payroll", "Payslip")
    AccountEntry = apps.get_model("payroll", "AccountEntry")
    entries = []
    slips = Payslip.objects.filter(net_paid__gt=0).select_related("share__run").order_by("pk")
    for slip in slips.iterator(chunk_size=500):
        run = slip.share.run
        entries.append(
            AccountEntry(
                enrolment_id=slip.share.enrolment_id,
                kind="net",
                amount=slip.net_paid,
                at=run.issued_at,
                sentence=f"Net du bulletin, n° {slip.number}",
                run=run,
            )
        )
    known = set(AccountEntry.objects.filter(kind="net").values_list("run_id", "enrolment_id"))
    AccountEntry.objects.bulk_create(
        entry for entry in entries if (entry.run_id, entry.enrolment_id) not in known
    )


class Migration(migrations.Migration):
    dependencies = [("payroll", "0004_widen_pay")]
    # Backwards: the movements stay; they are true, and the account is never erased.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
