"""Refunds leave by an order of their own: a bank file or a list of cheques, without a pay."""

# fmt: off
import uuid

import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.fields


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0003_keep_ended_cohorts_apart'),
        ('members', '0001_found'),
        ('payroll', '0001_found'),
    ]

    operations = [
        migrations.CreateModel(
            name='RefundOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('sepa', 'virement'), ('cheque', 'chèque')], max_length=10)),
                ('reference', models.CharField(max_length=35, unique=True)),
                ('execute_on', models.DateField(verbose_name='date d’exécution')),
                ('at', models.DateTimeField()),
                ('bank', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refund_orders', to='payroll.hostbankdetails')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_orders', to='cohorts.cohort')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
            ],
            options={
                'verbose_name': 'envoi de remboursements',
                'ordering': ('id',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'sepa'), _negated=True), ('bank__isnull', False), _connector='OR'), name='refund_order_sepa_has_its_account'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RefundPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('sepa', 'virement'), ('cheque', 'chèque')], max_length=10)),
                ('state', models.CharField(choices=[('planned', 'préparé'), ('paid', 'payé'), ('rejected', 'rejeté par la banque'), ('cancelled', 'annulé avant l’envoi')], default='planned', max_length=10)),
                ('amount', ct_platform.kit.fields.AmountField(decimal_places=2, max_digits=10)),
                ('end_to_end', models.CharField(max_length=35, unique=True)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('holder', models.CharField(blank=True, max_length=70)),
                ('sealed_iban', models.TextField(blank=True)),
                ('last4', models.CharField(blank=True, max_length=4)),
                ('cheque_number', models.CharField(blank=True, max_length=20, verbose_name='numéro du chèque')),
                ('paid_on', models.DateField(null=True, verbose_name='payé le')),
                ('rejected_on', models.DateField(null=True, verbose_name='rejeté le')),
                ('reject_reason', models.CharField(blank=True, max_length=140, verbose_name='raison du rejet')),
                ('again', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent_again', to='payroll.refundpayment')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_payments', to='cohorts.enrolment')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='payroll.refundorder')),
                ('paid_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('refund', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent_with', to='payroll.refund')),
                ('rejected_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
            ],
            options={
                'verbose_name': 'remboursement envoyé',
                'ordering': ('order_id', 'id'),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refundpayment_is_positive'),
                    models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('enrolment',), name='refundpayment_one_planned_per_person', violation_error_message='Un paiement de cette personne est déjà préparé.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paid', 'rejected']), ('paid_by__isnull', False), ('paid_on__isnull', False)), models.Q(('state__in', ['planned', 'cancelled']), ('paid_on__isnull', True)), _connector='OR'), name='refundpayment_paid_says_when_and_by_whom'),
                    models.CheckConstraint(condition=models.Q(models.Q(('rejected_on__isnull', False), ('state', 'rejected')), models.Q(models.Q(('state', 'rejected'), _negated=True), ('rejected_on__isnull', True)), _connector='OR'), name='refundpayment_rejected_says_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('refund__isnull', False), ('state__in', ['paid', 'rejected'])), models.Q(('refund__isnull', True), ('state__in', ['planned', 'cancelled'])), _connector='OR'), name='refundpayment_that_left_has_its_refund'),
                ],
            },
        ),
    ]
