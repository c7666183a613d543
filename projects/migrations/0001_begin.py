"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.fields
import ct_platform.kit.trades


class Migration(migrations.Migration):

    replaces = [('projects', '0001_initial'), ('projects', '0002_add_versions_questions_and_money_history'), ('projects', '0003_agree_on_prices_and_spending'), ('projects', '0004_end_a_price')]

    initial = True

    dependencies = [
        ('cohorts', '0001_begin'),
        ('members', '0001_begin'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='cohorts.cohort')),
                ('name', models.CharField(max_length=100, verbose_name='nom')),
                ('trade', models.CharField(choices=ct_platform.kit.trades.choices, max_length=20, verbose_name='métier')),
            ],
            options={
                'verbose_name': 'activité',
                'ordering': ('name', 'id'),
                'constraints': [models.UniqueConstraint(fields=('cohort', 'name'), name='project_name_in_cohort', violation_error_message='Une activité de la coopérative porte déjà ce nom.')],
            },
        ),
        migrations.CreateModel(
            name='SpendingLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spending_limits', to='cohorts.cohort')),
                ('label', models.CharField(max_length=140, verbose_name='pour quoi')),
                ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='montant, au plus')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spending_limits', to='cohorts.enrolment')),
                ('decision_number', models.PositiveSmallIntegerField()),
            ],
            options={
                'verbose_name': 'dépense autorisée',
                'ordering': ('starts_on', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='spending_limit_is_positive'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='spending_limit_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='WeekDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='week_declarations', to='cohorts.enrolment')),
                ('monday', models.DateField()),
                ('declared_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('monday', 'id'),
                'constraints': [models.UniqueConstraint(fields=('enrolment', 'monday'), name='week_declared_once')],
            },
        ),
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('label', models.CharField(max_length=140, verbose_name='quoi')),
                ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='montant hors TVA')),
                ('vat_rate', ct_platform.kit.fields.RateField(decimal_places=5, default=0, max_digits=7, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='taux de TVA, en %')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('pay_run_key', models.BigIntegerField(db_index=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='projects.project')),
                ('supplier', models.CharField(blank=True, max_length=140, verbose_name='chez qui')),
                ('moved_on', models.DateField(verbose_name='dépensé le')),
            ],
            options={
                'verbose_name': 'dépense',
                'ordering': ('-moved_on', '-id'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='expense_is_positive', violation_error_message='Le montant d’une dépense est plus grand que zéro.')],
            },
        ),
        migrations.CreateModel(
            name='AgreedPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='projects.project')),
                ('label', models.CharField(max_length=80, verbose_name='ce qu’on vend')),
                ('unit', models.CharField(blank=True, max_length=30, verbose_name='l’unité')),
                ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='prix, TVA comprise')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('decision_number', models.PositiveSmallIntegerField()),
                ('ended_by_number', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'prix décidé',
                'ordering': ('label', 'starts_on', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='agreed_price_is_positive'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='agreed_price_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('label', models.CharField(max_length=140, verbose_name='quoi')),
                ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10, verbose_name='montant hors TVA')),
                ('vat_rate', ct_platform.kit.fields.RateField(decimal_places=5, default=0, max_digits=7, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='taux de TVA, en %')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('pay_run_key', models.BigIntegerField(db_index=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='projects.project')),
                ('customer', models.CharField(blank=True, max_length=140, verbose_name='à qui')),
                ('sold_on', models.DateField(verbose_name='vendu le')),
                ('moved_on', models.DateField(blank=True, null=True, verbose_name='payé le')),
            ],
            options={
                'verbose_name': 'vente',
                'ordering': ('-sold_on', '-id'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='sale_is_positive', violation_error_message='Le montant d’une vente est plus grand que zéro.'), models.CheckConstraint(condition=models.Q(('pay_run_key__isnull', True), ('moved_on__isnull', False), _connector='OR'), name='sale_counted_is_paid')],
            },
        ),
        migrations.CreateModel(
            name='WorkEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_entries', to='cohorts.enrolment')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_entries', to='projects.project')),
                ('day', models.DateField(verbose_name='jour')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='durée')),
                ('kind', models.CharField(choices=[('production', 'production'), ('meeting', 'réunion'), ('training', 'formation'), ('committee', 'commission')], default='production', max_length=12)),
                ('note', models.CharField(blank=True, max_length=140, verbose_name='mot')),
                ('state', models.CharField(choices=[('open', 'notée'), ('declared', 'semaine complète'), ('confirmed', 'confirmée'), ('locked', 'dans une paie')], db_index=True, default='open', max_length=10)),
                ('client_uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('pay_run_key', models.BigIntegerField(db_index=True, null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('question', models.CharField(blank=True, max_length=140, verbose_name='question')),
                ('questioned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
            ],
            options={
                'verbose_name': 'heures',
                'ordering': ('-day', '-id'),
                'indexes': [models.Index(fields=['enrolment', 'day'], name='work_of_person_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='work_fits_in_a_day', violation_error_message='Une journée a 24 heures au plus.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('state__in', ['confirmed', 'locked'])), models.Q(('confirmed_at__isnull', True), ('state__in', ['open', 'declared'])), _connector='OR'), name='work_confirmed_has_date'), models.CheckConstraint(condition=models.Q(models.Q(('pay_run_key__isnull', False), ('state', 'locked')), models.Q(models.Q(('state', 'locked'), _negated=True), ('pay_run_key__isnull', True)), _connector='OR'), name='work_locked_names_run'), models.CheckConstraint(condition=models.Q(models.Q(('question', ''), ('questioned_by__isnull', True)), models.Q(models.Q(('question', ''), _negated=True), ('questioned_by__isnull', False)), _connector='OR'), name='work_question_has_author')],
            },
        ),
        migrations.CreateModel(
            name='MoneyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sale', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='projects.sale')),
                ('expense', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='projects.expense')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('sentence', models.CharField(max_length=700)),
            ],
            options={
                'ordering': ('at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('expense__isnull', True), ('sale__isnull', False)), models.Q(('expense__isnull', False), ('sale__isnull', True)), _connector='OR'), name='money_change_of_one_movement')],
            },
        ),
        migrations.CreateModel(
            name='WorkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='projects.workentry')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('sentence', models.CharField(max_length=400)),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
    ]
