"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ct_platform.kit.append_only import guard
from ct_platform.kit.together import CreateTogether

# Never changed nor deleted, whoever holds the database.
KEPT = (
    "members_accessrecord",
)


def keep(apps, schema_editor):
    guard(schema_editor, KEPT)


class Migration(migrations.Migration):

    replaces = [('members', '0001_initial'), ('members', '0002_one_open_join_card'), ('members', '0003_bank_details'), ('members', '0004_say_who_consents'), ('members', '0005_log_access'), ('members', '0006_guard_access_records'), ('members', '0007_agree_to_news'), ('members', '0001_begin'), ('members', '0002_agree_use_by_use')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='adresse e-mail')),
                    ('is_staff', models.BooleanField(default=False, verbose_name='entre dans l’administration')),
                    ('is_active', models.BooleanField(default=True, verbose_name='compte ouvert')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'compte',
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL)),
                    ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                    ('last_name', models.CharField(max_length=80, verbose_name='nom')),
                    ('used_name', models.CharField(blank=True, help_text='Si on l’appelle autrement.', max_length=80, verbose_name='prénom d’usage')),
                    ('birth_date', models.DateField(blank=True, null=True, verbose_name='date de naissance')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                    ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                    ('postcode', models.CharField(blank=True, max_length=10, verbose_name='code postal')),
                    ('city', models.CharField(blank=True, max_length=100, verbose_name='commune')),
                    ('search_key', models.CharField(db_index=True, editable=False, max_length=170)),
                ],
                options={
                    'verbose_name': 'personne',
                    'ordering': ('last_name', 'first_name', 'id'),
                },
            ),
            migrations.CreateModel(
                name='AccessRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_records', to='members.person')),
                    ('by_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('by_seat', models.CharField(max_length=150)),
                    ('act', models.CharField(choices=[('read', 'a lu'), ('written', 'a écrit'), ('exported', 'a mis dans un fichier')], max_length=10)),
                    ('subject', models.CharField(max_length=40)),
                    ('why', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'accès à des réponses sensibles',
                    'ordering': ('-at', '-id'),
                },
            ),
            migrations.CreateModel(
                name='BankDetails',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('holder', models.CharField(max_length=70, verbose_name='titulaire du compte')),
                    ('sealed', models.TextField()),
                    ('last4', models.CharField(max_length=4)),
                    ('blind', models.CharField(db_index=True, max_length=64)),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('entered_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_details', to='members.person')),
                ],
                options={
                    'verbose_name': 'compte bancaire',
                    'ordering': ('person_id', '-entered_at', '-id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person',), name='bank_details_one_current')],
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='members.person')),
                    ('purpose', models.CharField(choices=[('public_site', 'le site public'), ('social', 'les réseaux sociaux'), ('report', 'les rapports aux partenaires'), ('press', 'la presse'), ('image', 'l’image'), ('guardian', 'l’entrée d’une personne mineure'), ('follow_up', 'des nouvelles après la sortie')], max_length=30)),
                    ('wording', models.TextField()),
                    ('given_by', models.CharField(blank=True, max_length=160, verbose_name='donné par')),
                    ('given_at', models.DateTimeField()),
                    ('expires_on', models.DateField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'consentement',
                    'ordering': ('-given_at', '-id'),
                },
            ),
            migrations.CreateModel(
                name='JoinCard',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_cards', to='members.person')),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('code_hash', models.CharField(max_length=64, unique=True)),
                    ('cohort_key', models.BigIntegerField()),
                    ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('used_from', models.CharField(blank=True, max_length=64)),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'carte d’entrée',
                    'ordering': ('-created_at', '-id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('used_at__isnull', True)), fields=('person',), name='join_card_one_open', violation_error_message='Cette personne a déjà une carte qui n’a pas servi.')],
                },
            ),
        ]),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
