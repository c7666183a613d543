"""Everything this app had before its first release, in one step: a new database is made faster.

A database that followed all of `replaces` counts as having run it; the former files are in the
history. Written by Django, a line for a field; a change is a new migration.
"""

# fmt: off
import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.trades


class Migration(migrations.Migration):

    replaces = [('testimonials', '0001_initial')]

    initial = True

    dependencies = [
        ('cohorts', '0001_begin'),
        ('members', '0001_begin'),
    ]

    operations = [
        migrations.CreateModel(
            name='Testimonial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='testimonials', to='cohorts.enrolment')),
                ('text', models.TextField(max_length=600, verbose_name='tes mots')),
                ('signed_as', models.CharField(max_length=80, verbose_name='signé')),
                ('trade', models.CharField(blank=True, choices=ct_platform.kit.trades.choices, max_length=20)),
                ('state', models.CharField(choices=[('submitted', 'à relire'), ('approved', 'publié'), ('declined', 'non publié'), ('withdrawn', 'retiré')], default='submitted', max_length=10)),
                ('consent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='testimonial', to='members.consent')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'témoignage',
                'ordering': ('-created_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('testimonial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='testimonials.testimonial')),
                ('place', models.CharField(choices=[('public_home', 'page d’accueil publique')], max_length=20)),
                ('published_at', models.DateTimeField()),
                ('taken_down_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-published_at', '-id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_down_at__isnull', True)), fields=('testimonial', 'place'), name='published_once_per_place')],
            },
        ),
    ]
