"""Texts of the public site, partners shown there, and what people ask from it."""

# fmt: off
import django.db.models.deletion
from django.db import migrations, models

from ct_platform.kit.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cohorts', '0002_stand_on_the_public_site'),
        ('members', '0001_found'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Enquiry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('key', models.UUIDField(editable=False, unique=True)),
                    ('who', models.CharField(choices=[('inhabitant', 'un habitant, une habitante'), ('association', 'une association'), ('authority', 'une collectivité'), ('host', 'une coopérative d’activité et d’emploi'), ('other', 'autre')], max_length=12, verbose_name='vous êtes')),
                    ('name', models.CharField(max_length=120, verbose_name='votre nom')),
                    ('organisation', models.CharField(blank=True, max_length=150, verbose_name='organisme')),
                    ('place', models.CharField(max_length=150, verbose_name='commune ou quartier')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                    ('message', models.TextField(max_length=3000, verbose_name='votre message')),
                    ('agreed_to', models.TextField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('erased_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'demande reçue par le site',
                    'ordering': ('-created_at', '-id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('phone', ''), _negated=True), ('erased_at__isnull', False), _connector='OR'), name='enquiry_can_be_answered', violation_error_message='Donnez un moyen de vous joindre : un seul suffit.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='enquiry_answered_by_somebody'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('email', ''), ('message', ''), ('name', ''), ('organisation', ''), ('phone', ''), ('place', '')), _connector='OR'), name='enquiry_erased_says_nothing')],
                },
            ),
            migrations.CreateModel(
                name='ShownPartner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.organisation', verbose_name='organisation')),
                    ('sentence', models.CharField(max_length=200, verbose_name='ce qu’elle fait avec nous, en une phrase')),
                    ('website', models.URLField(blank=True, verbose_name='son site')),
                    ('logo', models.FileField(blank=True, upload_to='partner-logos')),
                    ('agreed_how', models.CharField(max_length=200, verbose_name='qui a dit oui, et comment')),
                    ('agreed_on', models.DateField(verbose_name='accord donné le')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='ne plus montrer depuis le')),
                    ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'partenaire montré sur le site',
                    'ordering': ('organisation__name', 'id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('agreed_on')), _connector='OR'), name='shown_partner_ends_after_agreeing', violation_error_message='La fin précède l’accord.')],
                },
            ),
            migrations.CreateModel(
                name='TextVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40)),
                    ('number', models.PositiveIntegerField()),
                    ('body', models.TextField(blank=True, max_length=8000, verbose_name='texte')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('written_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'version d’un texte du site',
                    'ordering': ('code', '-number'),
                    'constraints': [models.UniqueConstraint(fields=('code', 'number'), name='site_text_version_once', violation_error_message='Quelqu’un a écrit une version au même instant.')],
                },
            ),
            migrations.CreateModel(
                name='EnquiryMail',
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
                    ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='home.enquiry')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ],
                options={
                    'verbose_name': 'message d’une demande reçue par le site',
                    'ordering': ('id',),
                    'indexes': [models.Index(fields=['status', 'sent_at'], name='enquiry_mail_to_sweep')],
                    'constraints': [models.UniqueConstraint(fields=('enquiry', 'person'), name='enquiry_mail_once')],
                },
            ),
            migrations.CreateModel(
                name='TextPublication',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40)),
                    ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='home.textversion')),
                    ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('published_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'publication d’un texte du site',
                    'ordering': ('code', '-id'),
                    'indexes': [models.Index(fields=['code', '-id'], name='site_text_shown')],
                },
            ),
        ]),
    ]
