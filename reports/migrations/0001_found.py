"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import django.db.models.deletion
from django.db import migrations, models

from ct_platform.kit.together import CreateTogether
from reports.migrations import _guards


class Migration(migrations.Migration):

    replaces = [('reports', '0001_initial'), ('reports', '0002_keep_the_basis'), ('reports', '0003_refuse_changes'), ('reports', '0001_begin'), ('reports', '0002_exchange_reports'), ('reports', '0003_give_reports_a_life'), ('reports', '0004_guard_questions')]

    initial = True

    dependencies = [
        ('cohorts', '0001_found'),
        ('documents', '0001_found'),
        ('members', '0001_found'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Snapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='cohorts.cohort')),
                    ('frozen_at', models.DateTimeField()),
                    ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
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
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='reports.snapshot')),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='cohorts.cohort')),
                    ('state', models.CharField(choices=[('prepared', 'à relire'), ('reviewed', 'relu, prêt à envoyer'), ('sent', 'envoyé'), ('final', 'définitif'), ('replaced', 'remplacé'), ('dropped', 'écarté')], default='prepared', max_length=10)),
                    ('occasion', models.CharField(choices=[('by_hand', 'préparé par la coordination'), ('asked', 'demandé par un partenaire'), ('quarter', 'fin de trimestre'), ('year', 'fin d’année'), ('end', 'fin de la cohorte'), ('correction', 'correction')], max_length=10)),
                    ('due_key', models.CharField(blank=True, max_length=20)),
                    ('prepared_at', models.DateTimeField()),
                    ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('reviewed_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('final_at', models.DateTimeField(null=True)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                    ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='reports.report')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='pourquoi')),
                ],
                options={
                    'verbose_name': 'échange sur un rapport',
                    'ordering': ('-prepared_at', '-id'),
                    'indexes': [models.Index(fields=['cohort', 'state'], name='report_of_cohort')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('due_key', ''), _negated=True), fields=('cohort', 'due_key'), name='report_due_once', violation_error_message='Ce rapport est déjà préparé.'), models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('replaces',), name='report_replaced_once', violation_error_message='Une correction de ce rapport existe déjà.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ['final', 'replaced', 'sent'])), models.Q(models.Q(('state__in', ['final', 'replaced', 'sent']), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='report_sent_has_its_day'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='report_correction_says_why', violation_error_message='Dites pourquoi ce rapport est corrigé.'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='report_replaces_another')],
                },
            ),
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='reports.report')),
                    ('section', models.CharField(choices=[('whole', 'L’ensemble'), ('sales', 'Ventes et argent du groupe'), ('people', 'Parcours des personnes'), ('work', 'Heures'), ('voice', 'Décider, tenir parole, prouver')], max_length=10)),
                    ('text', models.TextField(max_length=1000)),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'ordering': ('id',),
                    'constraints': [models.UniqueConstraint(fields=('report', 'section'), name='comment_once_a_section')],
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='reports.report')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation')),
                    ('code', models.CharField(max_length=40)),
                    ('text', models.TextField(max_length=1000)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('asked_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'question sur un chiffre',
                    'ordering': ('asked_at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='Recipient',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recipients', to='reports.report')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation')),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'ordering': ('id',),
                    'constraints': [models.UniqueConstraint(fields=('report', 'organisation'), name='recipient_once'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='recipient_accepted_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='ReportRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.cohort')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation')),
                    ('text', models.CharField(blank=True, max_length=300)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('asked_at', models.DateTimeField()),
                    ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='reports.report')),
                ],
                options={
                    'verbose_name': 'demande de rapport',
                    'ordering': ('asked_at', 'id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('report__isnull', True)), fields=('cohort', 'organisation'), name='report_request_once', violation_error_message='Vous avez déjà demandé ce rapport.')],
                },
            ),
            migrations.CreateModel(
                name='ShareLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='reports.report')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation')),
                    ('label', models.CharField(max_length=100, verbose_name='pour qui')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('made_at', models.DateTimeField()),
                    ('expires_on', models.DateField(verbose_name='ouvert jusqu’au')),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('opened', models.PositiveIntegerField(default=0)),
                    ('opened_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'lien de partage',
                    'ordering': ('-made_at', '-id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('opened', 0), ('opened_at__isnull', True)), models.Q(('opened__gt', 0), ('opened_at__isnull', False)), _connector='OR'), name='share_link_opened_at'), models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='share_link_for_somebody')],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='reports.question')),
                    ('text', models.TextField(max_length=1000)),
                    ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('answered_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'réponse à une question',
                    'ordering': ('answered_at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='ReportNotice',
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
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='reports.report')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('kind', models.CharField(choices=[('sent', 'rapport envoyé'), ('answer', 'réponse à une question')], max_length=6)),
                    ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.answer')),
                ],
                options={
                    'ordering': ('id',),
                    'indexes': [models.Index(fields=['status', 'sent_at'], name='report_notice_to_sweep')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'sent')), fields=('report', 'person'), name='report_notice_once'), models.UniqueConstraint(condition=models.Q(('kind', 'answer')), fields=('answer', 'person'), name='report_answer_notice_once')],
                },
            ),
        ]),
        migrations.RunPython(_guards.keep, migrations.RunPython.noop),
    ]
