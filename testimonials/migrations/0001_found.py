"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.trades
import testimonials.models.testimonial
from ct_platform.kit.together import CreateTogether


class Migration(migrations.Migration):

    replaces = [('testimonials', '0001_initial'), ('testimonials', '0001_begin'), ('testimonials', '0002_agree_use_by_use'), ('testimonials', '0003_carry_what_was_agreed'), ('testimonials', '0004_leave_the_single_consent')]

    initial = True

    dependencies = [
        ('cohorts', '0001_found'),
        ('members', '0001_found'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='AskAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='story_answers', to='cohorts.enrolment')),
                    ('said', models.CharField(choices=[('later', 'plus tard'), ('never', 'ne plus demander')], max_length=5)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'réponse à «\xa0raconte\xa0»',
                    'ordering': ('id',),
                },
            ),
            migrations.CreateModel(
                name='Testimonial',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='testimonials', to='cohorts.enrolment')),
                    ('code', models.CharField(default=testimonials.models.testimonial.new_code, editable=False, max_length=10, unique=True)),
                    ('text', models.TextField(blank=True, max_length=600, verbose_name='tes mots')),
                    ('signed_as', models.CharField(max_length=80, verbose_name='signé')),
                    ('trade', models.CharField(blank=True, choices=ct_platform.kit.trades.choices, max_length=20)),
                    ('way', models.CharField(choices=[('written', 'écrit'), ('dictated', 'dicté'), ('helped', 'écrit avec de l’aide')], default='written', max_length=8)),
                    ('state', models.CharField(choices=[('told', 'à mettre par écrit'), ('submitted', 'à relire'), ('proposed', 'attend son auteur'), ('approved', 'relu et accepté'), ('declined', 'non publié'), ('withdrawn', 'retiré')], default='submitted', max_length=10)),
                    ('recording', models.FileField(blank=True, upload_to='recordings')),
                    ('photo', models.FileField(blank=True, upload_to='portraits')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('decided_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'témoignage',
                    'ordering': ('-created_at', '-id'),
                },
            ),
            migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='testimonials.testimonial')),
                    ('what', models.CharField(choices=[('words', 'les mots'), ('photo', 'la photo')], max_length=5)),
                    ('use', models.CharField(choices=[('site', 'le site public'), ('social', 'les réseaux sociaux'), ('report', 'les rapports aux partenaires'), ('press', 'la presse')], max_length=6)),
                    ('area', models.CharField(choices=[('world', 'partout dans le monde, par internet'), ('france', 'en France')], max_length=6)),
                    ('consent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='members.consent')),
                    ('how', models.CharField(choices=[('phone', 'sur son téléphone'), ('paper', 'sur un papier signé')], default='phone', max_length=5)),
                    ('witness', models.CharField(blank=True, max_length=160)),
                    ('proof', models.CharField(blank=True, max_length=200)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_why', models.CharField(blank=True, choices=[('withdrawn', 'retiré par l’auteur'), ('asked', 'retiré à la demande d’un proche'), ('expired', 'arrivé à sa fin'), ('replaced', 'remplacé par un nouvel accord')], max_length=9)),
                ],
                options={
                    'verbose_name': 'accord de publication',
                    'ordering': ('what', 'use', '-id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('testimonial', 'what', 'use'), name='agreement_once_per_use'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_why', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='agreement_end_says_why'), models.CheckConstraint(condition=models.Q(('how', 'phone'), models.Q(models.Q(('witness', ''), _negated=True), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='agreement_on_paper_was_seen', violation_error_message='Un accord sur papier dit qui l’a vu signer, et où il est.')],
                },
            ),
            migrations.CreateModel(
                name='AuthorNotice',
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
                    ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='testimonials.testimonial')),
                    ('kind', models.CharField(choices=[('proposed', 'une version à relire'), ('published', 'publié'), ('ends_soon', 'accord bientôt fini')], max_length=9)),
                    ('key', models.CharField(max_length=20)),
                    ('way', models.CharField(max_length=4)),
                ],
                options={
                    'verbose_name': 'message à un auteur',
                    'ordering': ('id',),
                    'indexes': [models.Index(fields=['status', 'sent_at'], name='author_notice_to_sweep')],
                    'constraints': [models.UniqueConstraint(fields=('testimonial', 'kind', 'key'), name='author_notice_once')],
                },
            ),
            migrations.CreateModel(
                name='ParentalAgreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parental_agreements', to='testimonials.testimonial')),
                    ('holder', models.CharField(max_length=160, verbose_name='nom')),
                    ('quality', models.CharField(max_length=80, verbose_name='qualité')),
                    ('how', models.CharField(choices=[('paper', 'papier signé'), ('mail', 'courrier ou e-mail')], max_length=5)),
                    ('proof', models.CharField(max_length=200, verbose_name='où est la preuve')),
                    ('agreed_on', models.DateField()),
                    ('alone_because', models.CharField(blank=True, max_length=200)),
                    ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('noted_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'accord parental de publication',
                    'ordering': ('id',),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('testimonial', 'holder'), name='parental_agreement_once', violation_error_message='L’accord de cette personne est déjà noté.')],
                },
            ),
            migrations.CreateModel(
                name='Publication',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='testimonials.testimonial')),
                    ('use', models.CharField(choices=[('site', 'le site public'), ('social', 'les réseaux sociaux'), ('report', 'les rapports aux partenaires'), ('press', 'la presse')], max_length=6)),
                    ('name', models.CharField(blank=True, max_length=160, verbose_name='où')),
                    ('url', models.URLField(blank=True, max_length=400, verbose_name='adresse')),
                    ('published_on', models.DateField(verbose_name='publié le')),
                    ('with_photo', models.BooleanField(default=False)),
                    ('published_at', models.DateTimeField()),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('taken_down_at', models.DateTimeField(null=True)),
                    ('flagged_at', models.DateTimeField(null=True)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('settled_note', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'verbose_name': 'publication d’un témoignage',
                    'ordering': ('-published_at', '-id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('taken_down_at__isnull', True), ('use', 'site')), fields=('testimonial',), name='published_once_on_site'), models.CheckConstraint(condition=models.Q(('use', 'site'), models.Q(('name', ''), _negated=True), _connector='OR'), name='publication_elsewhere_is_named')],
                },
            ),
            migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='testimonials.testimonial')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('text', models.TextField(max_length=600)),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('written_at', models.DateTimeField()),
                    ('by_author', models.BooleanField()),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='pourquoi')),
                    ('agreed_at', models.DateTimeField(null=True)),
                    ('agreed_how', models.CharField(blank=True, max_length=5)),
                    ('witness', models.CharField(blank=True, max_length=160)),
                    ('proof', models.CharField(blank=True, max_length=200)),
                    ('refused_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'version d’un témoignage',
                    'ordering': ('testimonial_id', 'number'),
                    'constraints': [models.UniqueConstraint(fields=('testimonial', 'number'), name='version_once')],
                },
            ),
            migrations.CreateModel(
                name='WithdrawalLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='testimonials.testimonial')),
                    ('index', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'lien de retrait',
                    'ordering': ('id',),
                },
            ),
            migrations.CreateModel(
                name='WithdrawalRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal_requests', to='testimonials.testimonial')),
                    ('asked_by', models.CharField(choices=[('author', 'l’auteur, de vive voix ou par écrit'), ('named', 'la personne désignée par l’auteur de son vivant'), ('heir', 'un héritier, après le décès'), ('parent', 'un titulaire de l’autorité parentale')], max_length=6)),
                    ('name', models.CharField(max_length=160, verbose_name='qui demande')),
                    ('reason', models.CharField(max_length=300, verbose_name='pourquoi')),
                    ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                    ('noted_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'demande de retrait',
                    'ordering': ('id',),
                },
            ),
        ]),
    ]
