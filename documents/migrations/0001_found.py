"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import django.db.models.deletion
from django.db import migrations, models

from ct_platform.kit.together import CreateTogether


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_tell_when_a_paper_is_ready'), ('documents', '0001_begin')]

    initial = True

    dependencies = [
        ('members', '0001_found'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Counter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('issuer_key', models.BigIntegerField()),
                    ('series', models.CharField(max_length=10)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('last', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('issuer_key', 'series', 'year'), name='counter_of_series')],
                },
            ),
            migrations.CreateModel(
                name='Document',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('kind', models.CharField(max_length=30)),
                    ('title', models.CharField(max_length=200)),
                    ('number', models.CharField(blank=True, max_length=30)),
                    ('issuer_key', models.BigIntegerField()),
                    ('issuer_name', models.CharField(max_length=200)),
                    ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='members.person')),
                    ('cohort_key', models.BigIntegerField(db_index=True, null=True)),
                    ('territory_key', models.BigIntegerField(db_index=True, null=True)),
                    ('batch', models.CharField(blank=True, db_index=True, max_length=60)),
                    ('effect_key', models.CharField(max_length=80, unique=True)),
                    ('code', models.CharField(max_length=26, unique=True)),
                    ('snapshot', models.JSONField()),
                    ('template_version', models.CharField(max_length=20)),
                    ('period_from', models.DateField(null=True)),
                    ('period_to', models.DateField(null=True)),
                    ('issued_at', models.DateTimeField()),
                    ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('status', models.CharField(choices=[('valid', 'valable'), ('replaced', 'remplacé'), ('revoked', 'annulé')], default='valid', max_length=10)),
                    ('replaced_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='documents.document')),
                    ('revoked_reason', models.CharField(blank=True, max_length=200)),
                    ('file', models.FileField(blank=True, upload_to='papers')),
                    ('sha256', models.CharField(blank=True, db_index=True, max_length=64)),
                    ('rendering_key', models.CharField(blank=True, max_length=64)),
                    ('size', models.PositiveIntegerField(default=0)),
                    ('first_opened_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'papier',
                    'ordering': ('-issued_at', '-id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('issuer_key', 'number'), name='document_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('replaced_by__isnull', False), ('status', 'replaced')), models.Q(models.Q(('status', 'replaced'), _negated=True), ('replaced_by__isnull', True)), _connector='OR'), name='document_replaced_names_successor')],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('waiting', 'en attente'), ('running', 'en cours'), ('done', 'fait'), ('failed', 'en échec')], default='waiting', max_length=10)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('lease_token', models.UUIDField(null=True)),
                    ('sent_at', models.DateTimeField()),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='documents.document')),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('kind', models.CharField(choices=[('ready', 'papier prêt')], default='ready', max_length=10)),
                ],
                options={
                    'ordering': ('id',),
                    'indexes': [models.Index(fields=['status', 'sent_at'], name='notice_to_sweep')],
                    'constraints': [models.UniqueConstraint(fields=('document', 'recipient', 'kind'), name='notice_once_per_person')],
                },
            ),
            migrations.CreateModel(
                name='Rendering',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('waiting', 'en attente'), ('running', 'en cours'), ('done', 'fait'), ('failed', 'en échec')], default='waiting', max_length=10)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('lease_token', models.UUIDField(null=True)),
                    ('sent_at', models.DateTimeField()),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rendering', to='documents.document')),
                ],
                options={
                    'ordering': ('id',),
                    'indexes': [models.Index(fields=['status', 'sent_at'], name='rendering_to_sweep')],
                },
            ),
        ]),
    ]
