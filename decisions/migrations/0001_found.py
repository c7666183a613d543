"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import uuid

import django.db.models.deletion
from django.db import migrations, models

from ct_platform.kit.together import CreateTogether
from decisions.migrations import _guards


def keep_what_is_decided(apps, schema_editor):
    _guards.guard(schema_editor)


class Migration(migrations.Migration):

    replaces = [('decisions', '0001_initial'), ('decisions', '0002_say_why_and_when'), ('decisions', '0003_freeze_the_roll'), ('decisions', '0004_say_how_it_is_decided'), ('decisions', '0005_write_versions_down'), ('decisions', '0006_keep_one_writing'), ('decisions', '0007_guard_what_is_decided'), ('decisions', '0008_photograph_the_minutes'), ('decisions', '0009_remember_reminders'), ('decisions', '0010_close_secret_ballots'), ('decisions', '0011_note_presence_at_closing'), ('decisions', '0012_apply_in_part'), ('decisions', '0013_leave_a_vote_open'), ('decisions', '0014_lift_an_objection'), ('decisions', '0001_begin')]

    initial = True

    dependencies = [
        ('cohorts', '0001_found'),
        ('documents', '0001_found'),
        ('members', '0001_found'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Assembly',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='cohorts.cohort')),
                    ('state', models.CharField(choices=[('convened', 'convoquée'), ('open', 'en cours'), ('closed', 'levée'), ('signed', 'PV signé'), ('cancelled', 'annulée')], default='convened', max_length=10)),
                    ('starts_at', models.DateTimeField(verbose_name='début')),
                    ('place', models.CharField(max_length=140, verbose_name='lieu')),
                    ('word', models.CharField(blank=True, max_length=500, verbose_name='mot de convocation')),
                    ('convened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('convened_at', models.DateTimeField()),
                    ('chair', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                    ('secretary', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('observers', models.CharField(blank=True, max_length=300, verbose_name='invités, sans voix')),
                    ('papers_shown', models.CharField(blank=True, max_length=500, verbose_name='documents montrés')),
                    ('incidents', models.TextField(blank=True, max_length=2000, verbose_name='incidents')),
                    ('minutes_text', models.JSONField(null=True)),
                    ('minutes_document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ],
                options={
                    'verbose_name': 'assemblée',
                    'ordering': ('-starts_at', '-id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['convened', 'cancelled']), models.Q(('chair__isnull', False), ('opened_at__isnull', False), ('secretary__isnull', False)), _connector='OR'), name='assembly_open_has_its_table'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'signed'])), models.Q(('closed_at__isnull', True), ('state__in', ['convened', 'open', 'cancelled'])), _connector='OR'), name='assembly_closed_has_date')],
                },
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='cohorts.cohort')),
                    ('title', models.CharField(max_length=140, verbose_name='question')),
                    ('effect_code', models.CharField(max_length=40)),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'proposition',
                    'ordering': ('-created_at', '-id'),
                },
            ),
            migrations.CreateModel(
                name='AssemblyAttendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='decisions.assembly')),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                    ('presence', models.CharField(choices=[('present', 'présent·e'), ('represented', 'représenté·e'), ('absent', 'absent·e')], default='absent', max_length=12)),
                    ('represented_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                ],
                options={
                    'ordering': ('assembly_id', 'enrolment_id'),
                    'constraints': [models.UniqueConstraint(fields=('assembly', 'enrolment'), name='assembly_attendance_once'), models.CheckConstraint(condition=models.Q(models.Q(('presence', 'represented'), ('represented_by__isnull', False)), models.Q(models.Q(('presence', 'represented'), _negated=True), ('represented_by__isnull', True)), _connector='OR'), name='assembly_represented_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='MinutesSignature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='decisions.assembly')),
                    ('role', models.CharField(choices=[('chair', 'présidence'), ('secretary', 'secrétariat')], max_length=10)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('signed_at', models.DateTimeField()),
                    ('text_hash', models.CharField(max_length=64)),
                ],
                options={
                    'ordering': ('signed_at', 'id'),
                    'constraints': [models.UniqueConstraint(fields=('assembly', 'role'), name='minutes_signed_once')],
                },
            ),
            migrations.CreateModel(
                name='ProposalVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='decisions.proposal')),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('text', models.TextField(blank=True, max_length=2000, verbose_name='explication')),
                    ('effect_settings', models.JSONField(default=dict)),
                    ('change', models.CharField(blank=True, max_length=300, verbose_name='ce qui change')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('written_at', models.DateTimeField()),
                ],
                options={
                    'ordering': ('proposal_id', 'number'),
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='proposal_version_numbered_once')],
                },
            ),
            migrations.CreateModel(
                name='Contribution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='decisions.proposal')),
                    ('kind', models.CharField(choices=[('pro', 'pour'), ('con', 'contre'), ('question', 'question'), ('answer', 'réponse'), ('amendment', 'changement proposé')], max_length=10)),
                    ('text', models.CharField(max_length=1000)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('said_at', models.DateTimeField()),
                    ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='decisions.contribution')),
                    ('taken_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.proposalversion')),
                    ('declined_why', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ('said_at', 'id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', False), ('kind', 'answer')), models.Q(models.Q(('kind', 'answer'), _negated=True), ('answers__isnull', True)), _connector='OR'), name='contribution_answer_has_question'), models.CheckConstraint(condition=models.Q(('kind', 'amendment'), models.Q(('declined_why', ''), ('taken_in__isnull', True)), _connector='OR'), name='contribution_only_changes_are_settled')],
                },
            ),
            migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='decisions.assembly')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=140, verbose_name='point')),
                    ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='decisions.proposal')),
                    ('poll', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='decisions.poll')),
                    ('left_open', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.poll')),
                    ('debate', models.TextField(blank=True, max_length=4000, verbose_name='ce qui s’est dit')),
                ],
                options={
                    'ordering': ('assembly_id', 'position'),
                    'constraints': [models.UniqueConstraint(fields=('assembly', 'position'), name='agenda_position_once'), models.CheckConstraint(condition=models.Q(('poll__isnull', True), ('left_open__isnull', True), _connector='OR'), name='agenda_vote_here_or_left_open')],
                },
            ),
            migrations.CreateModel(
                name='Ballot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('elector', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ballot', to='decisions.elector')),
                    ('content', models.JSONField()),
                    ('cast_at', models.DateTimeField()),
                    ('cast_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('lifted_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='BallotChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='decisions.ballot')),
                    ('content', models.JSONField()),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'ordering': ('at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='Elector',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='electors', to='decisions.poll')),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                    ('used', models.BooleanField(default=False)),
                    ('channel', models.CharField(blank=True, choices=[('', 'pas encore'), ('phone', 'à l’écran'), ('room', 'à main levée'), ('paper', 'sur papier')], default='', max_length=10)),
                    ('proxy_holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                ],
                options={
                    'ordering': ('poll_id', 'enrolment_id'),
                    'constraints': [models.UniqueConstraint(fields=('poll', 'enrolment'), name='elector_once_per_poll'), models.CheckConstraint(condition=models.Q(('used', True), ('channel__in', ['', 'room', 'paper']), _connector='OR'), name='elector_channel_says_how')],
                },
            ),
            migrations.CreateModel(
                name='KeyHolder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='decisions.poll')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('is_coordinator', models.BooleanField(default=False)),
                    ('salt', models.CharField(blank=True, max_length=32)),
                    ('public_key', models.CharField(blank=True, max_length=64)),
                    ('ready_at', models.DateTimeField(null=True)),
                    ('share_box', models.TextField(blank=True)),
                    ('opened_share', models.TextField(blank=True)),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('lost_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ('poll_id', 'position'),
                    'constraints': [models.UniqueConstraint(fields=('poll', 'position'), name='key_position_once'), models.UniqueConstraint(fields=('poll', 'person'), name='key_one_per_person')],
                },
            ),
            migrations.CreateModel(
                name='Outcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('poll', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='decisions.poll')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='cohorts.cohort')),
                    ('kind', models.CharField(choices=[('adopted', 'adopté'), ('elected', 'choisi'), ('rejected', 'pas adopté'), ('objected', 'une objection reste'), ('tie', 'égalité'), ('no_winner', 'pas de majorité'), ('quorum_missed', 'quorum manqué')], max_length=15)),
                    ('winner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='decisions.polloption')),
                    ('tally', models.JSONField()),
                    ('decided_at', models.DateTimeField()),
                    ('in_force_from', models.DateField(null=True)),
                    ('law', models.CharField(blank=True, max_length=80)),
                    ('ends_on', models.DateField(null=True)),
                    ('review_on', models.DateField(null=True)),
                    ('repeals', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repealed_by', to='decisions.outcome')),
                    ('code_version', models.CharField(blank=True, max_length=40)),
                    ('effect_state', models.CharField(choices=[('none', 'sans effet'), ('applied', 'appliqué'), ('partly', 'appliqué en partie'), ('blocked', 'bloqué')], default='none', max_length=10)),
                    ('effect_sentence', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'verbose_name': 'décision',
                    'ordering': ('-decided_at', '-id'),
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='outcome_number_in_cohort'), models.CheckConstraint(condition=models.Q(models.Q(('in_force_from__isnull', False), ('kind__in', ['adopted', 'elected'])), models.Q(models.Q(('kind__in', ['adopted', 'elected']), _negated=True), ('effect_state', 'none'), ('in_force_from__isnull', True), ('winner__isnull', True)), _connector='OR'), name='outcome_adopted_is_in_force')],
                },
            ),
            migrations.CreateModel(
                name='Statutes',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statutes', to='cohorts.cohort')),
                    ('version', models.PositiveSmallIntegerField(default=1)),
                    ('in_force_from', models.DateField()),
                    ('quorum_numerator', models.PositiveSmallIntegerField(default=1)),
                    ('quorum_denominator', models.PositiveSmallIntegerField(default=2)),
                    ('notice_hours', models.PositiveSmallIntegerField(default=0, verbose_name='délai avant la fin d’un vote, en heures')),
                    ('proxies_per_holder', models.PositiveSmallIntegerField(default=1, verbose_name='procurations qu’une personne peut porter')),
                    ('majority_base', models.CharField(choices=[('expressed', 'des voix exprimées'), ('present', 'des personnes présentes'), ('roll', 'de la liste entière')], default='expressed', max_length=10, verbose_name='la majorité se compte sur')),
                    ('tie_rule', models.CharField(choices=[('round', 'on revote'), ('lot', 'on tire au sort')], default='round', max_length=10, verbose_name='en cas d’égalité')),
                    ('seal_persons', models.BooleanField(default=True, verbose_name='votes sur des personnes scellés')),
                    ('seal_money', models.BooleanField(default=True, verbose_name='votes sur l’argent scellés')),
                    ('concerned_vote', models.BooleanField(default=True, verbose_name='la personne concernée vote aussi')),
                    ('consent_rounds', models.PositiveSmallIntegerField(default=3, verbose_name='tours de consentement')),
                    ('contest_days', models.PositiveSmallIntegerField(default=15, verbose_name='jours pour contester')),
                    ('adopted_at', models.DateTimeField(null=True)),
                    ('adopted_by_count', models.PositiveSmallIntegerField(null=True, verbose_name='personnes d’accord')),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.outcome')),
                ],
                options={
                    'ordering': ('cohort_id', 'version'),
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'version'), name='statutes_version_once'), models.CheckConstraint(condition=models.Q(('quorum_denominator__gte', 1), ('quorum_numerator__lte', models.F('quorum_denominator'))), name='statutes_quorum_is_a_fraction'), models.CheckConstraint(condition=models.Q(('consent_rounds__gte', 1), ('consent_rounds__lte', 9)), name='statutes_consent_rounds_few'), models.CheckConstraint(condition=models.Q(('contest_days__gte', 1), ('contest_days__lte', 60)), name='statutes_contest_days_bounded')],
                },
            ),
            migrations.CreateModel(
                name='Poll',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='decisions.proposal')),
                    ('round', models.PositiveSmallIntegerField(default=1)),
                    ('state', models.CharField(choices=[('draft', 'en préparation'), ('announced', 'annoncé, les clés se préparent'), ('open', 'on vote'), ('closed', 'voix en cours de compte'), ('counted', 'compté'), ('cancelled', 'annulé')], default='draft', max_length=10)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='decisions.proposalversion')),
                    ('method', models.CharField(choices=[('choice', 'choisir une réponse'), ('majority', 'pour ou contre'), ('consent', 'consentement'), ('majority-judgment', 'jugement majoritaire'), ('approval', 'approbation'), ('ranked', 'classement'), ('equal-shares', 'parts égales')], default='choice', max_length=20)),
                    ('rule', models.JSONField(default=dict)),
                    ('secrecy', models.CharField(choices=[('open', 'ouvert'), ('secret', 'secret'), ('sealed', 'scellé')], default='open', max_length=10)),
                    ('publication', models.CharField(choices=[('full', 'tout, avec les noms'), ('counts', 'les nombres de voix'), ('outcome_only', 'le résultat seulement')], default='full', max_length=15)),
                    ('about_person', models.BooleanField(default=False)),
                    ('closes_at', models.DateTimeField(verbose_name='fin du vote')),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('statutes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='decisions.statutes')),
                    ('quorum', models.CharField(default='0', max_length=12)),
                    ('roll_hash', models.CharField(blank=True, max_length=64)),
                    ('lot_commitment', models.CharField(blank=True, max_length=64)),
                    ('lot_nonce', models.CharField(blank=True, max_length=400)),
                    ('public_key', models.CharField(blank=True, max_length=64)),
                    ('ballot_size', models.PositiveIntegerField(default=0)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('closing_presence', models.PositiveSmallIntegerField(null=True)),
                    ('early_closing_reason', models.CharField(blank=True, max_length=200, verbose_name='pourquoi avant l’heure')),
                    ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='pourquoi l’annuler')),
                    ('room_figures', models.JSONField(null=True)),
                    ('board', models.JSONField(default=list)),
                    ('urn_wiped_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'vote',
                    'ordering': ('-id',),
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'round'), name='poll_round_once'), models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), ('closes_at__gt', models.F('opened_at')), _connector='OR'), name='poll_closes_after_opening'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'announced', 'cancelled']), ('opened_at__isnull', False), _connector='OR'), name='poll_open_has_date'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state__in', ['draft', 'announced', 'open'])), models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'counted'])), ('state', 'cancelled'), _connector='OR'), name='poll_closed_has_date'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='poll_cancelled_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('method', 'consent'), _negated=True), ('secrecy', 'open'), _connector='OR'), name='poll_consent_is_open'), models.CheckConstraint(condition=models.Q(('secrecy', 'sealed'), models.Q(('ballot_size', 0), ('public_key', '')), _connector='OR'), name='poll_only_sealed_has_key'), models.CheckConstraint(condition=models.Q(models.Q(('secrecy', 'sealed'), _negated=True), ('state__in', ['draft', 'announced', 'cancelled']), models.Q(('public_key', ''), _negated=True), _connector='OR'), name='poll_sealed_has_key')],
                },
            ),
            migrations.CreateModel(
                name='PollOption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='decisions.poll')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('code', models.CharField(max_length=40)),
                    ('label', models.CharField(max_length=140)),
                    ('help_text', models.CharField(blank=True, max_length=200)),
                    ('cost_cents', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'ordering': ('poll_id', 'position'),
                    'constraints': [models.UniqueConstraint(fields=('poll', 'code'), name='option_once_per_poll')],
                },
            ),
            migrations.CreateModel(
                name='Proxy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies', to='decisions.proposal')),
                    ('poll', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proxies', to='decisions.poll')),
                    ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                    ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.enrolment')),
                    ('given_at', models.DateTimeField()),
                    ('on_paper', models.BooleanField(default=False)),
                    ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ('given_at', 'id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('poll__isnull', True), ('revoked_at__isnull', True)), fields=('proposal', 'giver'), name='proxy_one_waiting_per_giver'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('poll', 'giver'), name='proxy_one_per_giver_and_poll'), models.CheckConstraint(condition=models.Q(('giver', models.F('holder')), _negated=True), name='proxy_is_for_somebody_else')],
                },
            ),
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='decisions.poll')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'ordering': ('poll_id', 'number'),
                    'constraints': [models.UniqueConstraint(fields=('poll', 'number'), name='reminder_numbered_once'), models.UniqueConstraint(condition=models.Q(('by__isnull', True)), fields=('poll',), name='reminder_automatic_once')],
                },
            ),
            migrations.CreateModel(
                name='RoomCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='room_counts', to='decisions.poll')),
                    ('kind', models.CharField(choices=[('hands', 'mains levées'), ('paper', 'bulletins de papier')], max_length=10)),
                    ('teller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('figures', models.JSONField(null=True)),
                    ('digest', models.CharField(blank=True, max_length=64)),
                    ('papers', models.PositiveSmallIntegerField(default=0)),
                    ('discarded', models.BooleanField(default=False)),
                ],
                options={
                    'ordering': ('poll_id', 'id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('discarded', False)), fields=('poll', 'teller', 'kind'), name='room_count_once_per_teller')],
                },
            ),
            migrations.CreateModel(
                name='UrnBallot',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urn', to='decisions.poll')),
                    ('content', models.TextField()),
                ],
                options={
                    'ordering': ('id',),
                },
            ),
            migrations.CreateModel(
                name='VoteNotice',
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
                    ('poll', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='decisions.poll')),
                    ('assembly', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='decisions.assembly')),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('kind', models.CharField(choices=[('opening', 'ouverture'), ('reminder', 'rappel'), ('key', 'clé à prendre'), ('convening', 'convocation')], max_length=10)),
                    ('way', models.CharField(choices=[('mail', 'e-mail'), ('sms', 'SMS')], max_length=5)),
                    ('batch', models.PositiveSmallIntegerField(default=1)),
                    ('link_index', models.CharField(blank=True, db_index=True, max_length=64)),
                    ('link_used_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ('id',),
                    'indexes': [models.Index(fields=['status', 'sent_at'], name='vote_notice_to_sweep')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('poll__isnull', False)), fields=('poll', 'recipient', 'kind', 'batch'), name='vote_notice_once'), models.UniqueConstraint(condition=models.Q(('assembly__isnull', False)), fields=('assembly', 'recipient', 'kind', 'batch'), name='assembly_notice_once'), models.CheckConstraint(condition=models.Q(models.Q(('assembly__isnull', True), ('poll__isnull', False)), models.Q(('assembly__isnull', False), ('poll__isnull', True)), _connector='OR'), name='vote_notice_of_one_thing')],
                },
            ),
        ]),
        migrations.RunPython(keep_what_is_decided, migrations.RunPython.noop),
    ]
