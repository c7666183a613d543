"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import django.db.models.deletion
from django.db import migrations, models

from ct_platform.kit.append_only import guard

# Never changed nor deleted, whoever holds the database.
KEPT = (
    "reports_snapshot",
    "reports_basis",
)


def keep(apps, schema_editor):
    guard(schema_editor, KEPT)


class Migration(migrations.Migration):

    replaces = [('reports', '0001_initial'), ('reports', '0002_keep_the_basis'), ('reports', '0003_refuse_changes')]

    initial = True

    dependencies = [
        ('cohorts', '0001_begin'),
        ('documents', '0001_begin'),
        ('members', '0001_begin'),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='cohorts.cohort')),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('period_from', models.DateField()),
                ('period_to', models.DateField()),
                ('figures', models.JSONField()),
                ('figures_hash', models.CharField(max_length=64)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report_snapshot', to='documents.document')),
            ],
            options={
                'verbose_name': 'rapport',
                'ordering': ('-frozen_at', '-id'),
                'constraints': [models.UniqueConstraint(fields=('cohort', 'figures_hash'), name='snapshot_figures_once', violation_error_message='Ce rapport est déjà figé.')],
            },
        ),
        migrations.CreateModel(
            name='Basis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='basis', to='reports.snapshot')),
                ('tables', models.JSONField()),
            ],
            options={
                'verbose_name': 'base d’un rapport',
                'ordering': ('id',),
            },
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
