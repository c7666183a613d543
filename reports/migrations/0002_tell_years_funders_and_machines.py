"""Years of merged cohorts, money of funders, tokens of machines, open data, and sums of reports in columns."""

# fmt: off
import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.fields
from ct_platform.kit.together import CreateTogether


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_found'),
        ('cohorts', '0002_stand_on_the_public_site'),
        ('members', '0001_found'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation')),
                    ('name', models.CharField(max_length=80, verbose_name='nom')),
                    ('purpose', models.CharField(max_length=200, verbose_name='pour quoi faire')),
                    ('prefix', models.CharField(max_length=12)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('state', models.CharField(choices=[('open', 'ouvert'), ('closed', 'fermé')], default='open', max_length=6)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('made_at', models.DateTimeField()),
                    ('expires_on', models.DateField(verbose_name='valable jusqu’au')),
                    ('used_on', models.DateField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('closed_why', models.CharField(blank=True, choices=[('own', 'fermé par son organisation'), ('network', 'fermé par le réseau'), ('seat', 'la personne qui l’a créé n’est plus dans l’organisation'), ('partnership', 'le partenariat est terminé'), ('expired', 'son jour est passé')], max_length=11)),
                ],
                options={
                    'verbose_name': 'jeton d’accès',
                    'verbose_name_plural': 'jetons d’accès',
                    'ordering': ('-made_at', '-id'),
                    'indexes': [models.Index(fields=['organisation', 'state'], name='api_token_of')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_why', ''), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state', 'closed'), models.Q(('closed_why', ''), _negated=True)), _connector='OR'), name='api_token_closed_says_when_and_why'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='api_token_says_what_for'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('organisation', 'name'), name='api_token_name_once', violation_error_message='Un jeton ouvert porte déjà ce nom.'), models.CheckConstraint(condition=models.Q(('used_on__isnull', True), ('used_on__lte', models.F('expires_on')), _connector='OR'), name='api_token_used_in_its_time')],
                },
            ),
            migrations.CreateModel(
                name='CostLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cost_lines', to='cohorts.cohort')),
                    ('kind', models.CharField(choices=[('people', 'personnel de la coordination'), ('premises', 'locaux'), ('travel', 'déplacements'), ('equipment', 'matériel'), ('trainers', 'intervenants et formations'), ('communication', 'communication'), ('other', 'autre coût')], max_length=13, verbose_name='nature')),
                    ('label', models.CharField(max_length=140, verbose_name='quoi')),
                    ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='montant')),
                    ('spent_on', models.DateField(verbose_name='date')),
                    ('proof', models.CharField(blank=True, max_length=120, verbose_name='pièce')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'coût de coordination',
                    'ordering': ('-spent_on', '-id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='cost_is_positive', violation_error_message='Un montant est plus grand que zéro.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='cost_withdrawn_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('set_code', models.CharField(max_length=30)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('frozen_at', models.DateTimeField()),
                    ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'bilan de l’année',
                    'ordering': ('-year', 'set_code', '-number'),
                    'constraints': [models.UniqueConstraint(fields=('set_code', 'year', 'number'), name='edition_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Operation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operations', to='cohorts.territory')),
                    ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operations', to='cohorts.organisation')),
                    ('number', models.CharField(max_length=30, verbose_name='numéro d’opération')),
                    ('name', models.CharField(max_length=140, verbose_name='intitulé')),
                    ('measure', models.CharField(blank=True, max_length=140, verbose_name='programme, priorité, objectif')),
                    ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation', verbose_name='autorité de gestion')),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(verbose_name='au')),
                ],
                options={
                    'verbose_name': 'opération',
                    'ordering': ('-starts_on', 'id'),
                    'constraints': [models.UniqueConstraint(fields=('territory', 'host', 'number'), name='operation_number_once', violation_error_message='Une opération porte déjà ce numéro.'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='operation_ends_after_start', violation_error_message='La fin de l’opération précède son début.'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='operation_has_a_number')],
                },
            ),
            migrations.CreateModel(
                name='PublishedFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='reports.snapshot')),
                    ('code', models.CharField(max_length=40)),
                    ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ],
                options={
                    'verbose_name': 'chiffre publié',
                    'ordering': ('snapshot_id', 'code'),
                    'constraints': [models.UniqueConstraint(fields=('snapshot', 'code'), name='figure_published_once')],
                },
            ),
            migrations.CreateModel(
                name='FundingLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding_lines', to='cohorts.organisation')),
                    ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding_lines', to='cohorts.territory')),
                    ('name', models.CharField(max_length=140, verbose_name='objet')),
                    ('measure', models.CharField(blank=True, max_length=140, verbose_name='programme ou mesure')),
                    ('aim', models.CharField(choices=[('cohorts', 'une ou plusieurs cohortes'), ('operation', 'une opération'), ('territory', 'le territoire')], max_length=10, verbose_name='pour')),
                    ('operation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='reports.operation')),
                    ('is_eu', models.BooleanField(default=False, verbose_name='argent de l’Union européenne')),
                    ('state', models.CharField(choices=[('asked', 'demandé'), ('granted', 'accordé'), ('refused', 'refusé'), ('agreed', 'conventionné'), ('closed', 'soldé'), ('dropped', 'abandonné')], db_index=True, default='asked', max_length=8)),
                    ('asked_on', models.DateField(verbose_name='demandé le')),
                    ('asked_amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='montant demandé')),
                    ('decided_on', models.DateField(null=True, verbose_name='décidé le')),
                    ('granted_amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, null=True, verbose_name='montant accordé')),
                    ('commitment_number', models.CharField(blank=True, max_length=40, verbose_name='numéro d’engagement')),
                    ('agreed_on', models.DateField(null=True, verbose_name='convention signée le')),
                    ('eligible_from', models.DateField(null=True, verbose_name='dépenses du')),
                    ('eligible_to', models.DateField(null=True, verbose_name='au')),
                    ('conditions', models.TextField(blank=True, max_length=1000, verbose_name='conditions')),
                    ('keep_years', models.PositiveSmallIntegerField(default=5, verbose_name='années de conservation des preuves')),
                    ('keep_source', models.CharField(default='Règlement (UE) 2021/1060, art. 82', max_length=140, verbose_name='d’après')),
                    ('closed_on', models.DateField(null=True, verbose_name='soldé le')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                ],
                options={
                    'verbose_name': 'ligne de financement',
                    'ordering': ('-asked_on', '-id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('commitment_number', ''), _negated=True), fields=('organisation', 'commitment_number'), name='funding_commitment_once', violation_error_message='Ce financeur a déjà une ligne avec ce numéro.'), models.CheckConstraint(condition=models.Q(models.Q(('aim', 'operation'), ('operation__isnull', False)), models.Q(models.Q(('aim', 'operation'), _negated=True), ('operation__isnull', True)), _connector='OR'), name='funding_operation_when_for_one', violation_error_message='Dites de quelle opération il s’agit.'), models.CheckConstraint(condition=models.Q(('asked_amount__gt', 0), models.Q(('granted_amount__isnull', True), ('granted_amount__gt', 0), _connector='OR')), name='funding_amounts_positive', violation_error_message='Un montant est plus grand que zéro.'), models.CheckConstraint(condition=models.Q(('granted_amount__isnull', True), ('granted_amount__lte', models.F('asked_amount')), _connector='OR'), name='funding_granted_within_asked', violation_error_message='Le montant accordé dépasse le montant demandé.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('granted_amount__isnull', True), ('state', 'asked')), models.Q(('decided_on__isnull', False), ('granted_amount__isnull', True), ('state', 'refused')), models.Q(('decided_on__isnull', False), ('granted_amount__isnull', False), ('state__in', ['granted', 'agreed', 'closed'])), ('state', 'dropped'), _connector='OR'), name='funding_decided_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_on__isnull', False), ('state__in', ['agreed', 'closed']), models.Q(('commitment_number', ''), _negated=True)), models.Q(models.Q(('state__in', ['agreed', 'closed']), _negated=True), ('agreed_on__isnull', True)), _connector='OR'), name='funding_agreed_has_its_number', violation_error_message='Une convention a sa date et son numéro d’engagement.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('decided_on__gte', models.F('asked_on')), _connector='OR'), models.Q(('agreed_on__isnull', True), ('agreed_on__gte', models.F('decided_on')), _connector='OR')), name='funding_dates_in_order', violation_error_message='Les dates se croisent : on demande, puis le financeur décide, puis on signe.'), models.CheckConstraint(condition=models.Q(('eligible_from__isnull', True), ('eligible_to__isnull', True), ('eligible_to__gte', models.F('eligible_from')), _connector='OR'), name='funding_eligible_in_order', violation_error_message='La fin des dépenses précède leur début.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on__isnull', True)), _connector='OR'), name='funding_closed_has_its_day')],
                },
            ),
            migrations.CreateModel(
                name='MergedBasis',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='reports.edition')),
                    ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.territory')),
                    ('cohorts', models.JSONField()),
                    ('tables', models.JSONField()),
                ],
                options={
                    'verbose_name': 'base d’un bilan',
                    'ordering': ('edition_id', 'territory_id'),
                    'constraints': [models.UniqueConstraint(fields=('edition', 'territory'), name='merged_basis_once_a_territory')],
                },
            ),
            migrations.CreateModel(
                name='MergedSnapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='reports.edition')),
                    ('territory', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_snapshots', to='cohorts.territory')),
                    ('figures', models.JSONField()),
                    ('figures_hash', models.CharField(max_length=64)),
                ],
                options={
                    'verbose_name': 'bilan',
                    'ordering': ('edition_id', 'territory__name', 'id'),
                    'constraints': [models.UniqueConstraint(fields=('edition', 'territory'), name='merged_snapshot_once_a_territory'), models.UniqueConstraint(condition=models.Q(('territory__isnull', True)), fields=('edition',), name='merged_snapshot_once_the_network')],
                },
            ),
            migrations.CreateModel(
                name='OpenRelease',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.edition')),
                    ('published_at', models.DateTimeField()),
                    ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='pourquoi')),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('masked', models.PositiveIntegerField()),
                ],
                options={
                    'verbose_name': 'données ouvertes d’une année',
                    'ordering': ('-year', '-number'),
                    'constraints': [models.UniqueConstraint(fields=('year', 'number'), name='open_release_number_once'), models.UniqueConstraint(fields=('year', 'fingerprint'), name='open_release_figures_once'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='open_release_later_says_why', violation_error_message='Dites pourquoi une nouvelle version paraît.')],
                },
            ),
            migrations.CreateModel(
                name='Publication',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='reports.edition')),
                    ('published_at', models.DateTimeField()),
                    ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'publication d’un bilan',
                    'ordering': ('published_at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='TokenNotice',
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
                    ('token', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='reports.apitoken')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'rappel d’un jeton',
                    'ordering': ('id',),
                    'indexes': [models.Index(fields=['status', 'sent_at'], name='token_notice_to_sweep')],
                    'constraints': [models.UniqueConstraint(fields=('token', 'person'), name='token_notice_once')],
                },
            ),
            migrations.CreateModel(
                name='FundingDue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dues', to='reports.fundingline')),
                    ('title', models.CharField(max_length=140, verbose_name='quoi')),
                    ('due_on', models.DateField(verbose_name='pour le')),
                    ('state', models.CharField(choices=[('expected', 'à remettre'), ('handed', 'remis'), ('called_off', 'plus demandé')], default='expected', max_length=10)),
                    ('handed_on', models.DateField(null=True, verbose_name='remis le')),
                    ('proof', models.CharField(blank=True, max_length=200, verbose_name='preuve')),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'échéance d’un financeur',
                    'ordering': ('due_on', 'id'),
                    'indexes': [models.Index(fields=['state', 'due_on'], name='funding_due_on')],
                    'constraints': [models.UniqueConstraint(fields=('line', 'title', 'due_on'), name='funding_due_once', violation_error_message='Cette échéance est déjà notée.'), models.CheckConstraint(condition=models.Q(models.Q(('handed_on__isnull', False), ('noted_by__isnull', False), ('state', 'handed'), models.Q(('proof', ''), _negated=True)), models.Q(models.Q(('state', 'handed'), _negated=True), ('handed_on__isnull', True)), _connector='OR'), name='funding_due_handed_has_its_proof', violation_error_message='Dites quel jour, et ce qui le prouve.')],
                },
            ),
            migrations.CreateModel(
                name='FundingReceipt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='reports.fundingline')),
                    ('kind', models.CharField(choices=[('advance', 'avance'), ('instalment', 'acompte'), ('balance', 'solde'), ('counter', 'annulation d’un versement')], max_length=10)),
                    ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='montant')),
                    ('received_on', models.DateField(verbose_name='reçu le')),
                    ('reference', models.CharField(blank=True, max_length=80, verbose_name='référence du virement')),
                    ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='reports.fundingreceipt')),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='pourquoi')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('recorded_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'versement d’un financeur',
                    'ordering': ('received_on', 'id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__lt', 0), ('kind', 'counter'), ('reverses__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('kind', 'counter'), _negated=True), ('amount__gt', 0), ('reverses__isnull', True)), _connector='OR'), name='funding_receipt_sign', violation_error_message='Le montant d’un versement est plus grand que zéro.')],
                },
            ),
            migrations.CreateModel(
                name='FundingShare',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='reports.fundingline')),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding_shares', to='cohorts.cohort')),
                    ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='part')),
                ],
                options={
                    'verbose_name': 'part d’une cohorte',
                    'ordering': ('line_id', 'cohort_id'),
                    'constraints': [models.UniqueConstraint(fields=('line', 'cohort'), name='funding_share_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='funding_share_positive', violation_error_message='Une part est plus grande que zéro.')],
                },
            ),
            migrations.CreateModel(
                name='OpenFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reports.openrelease')),
                    ('name', models.CharField(max_length=40)),
                    ('media_type', models.CharField(max_length=60)),
                    ('content', models.TextField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('size', models.PositiveIntegerField()),
                ],
                options={
                    'verbose_name': 'fichier de données ouvertes',
                    'ordering': ('id',),
                    'constraints': [models.UniqueConstraint(fields=('release', 'name'), name='open_file_once_a_release')],
                },
            ),
        ]),
    ]
