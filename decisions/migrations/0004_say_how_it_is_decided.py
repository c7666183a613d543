"""Everything a vote may be: methods, secrecy, urns and keys, proxies, assemblies, notices.

Expand only: 0005 fills, 0006 tightens, 0007 guards again. Triggers go first: SQLite rebuilds tables.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

roll = import_module("decisions.migrations.0003_freeze_the_roll")


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0004_give_mandates"),
        ("decisions", "0003_freeze_the_roll"),
        ("documents", "0002_tell_when_a_paper_is_ready"),
        ("members", "0003_bank_details"),
    ]

    operations = [
        migrations.RunPython(roll.drop, roll.create),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=140, verbose_name="point")),
                (
                    "debate",
                    models.TextField(blank=True, max_length=4000, verbose_name="ce qui s’est dit"),
                ),
            ],
            options={
                "ordering": ("assembly_id", "position"),
            },
        ),
        migrations.CreateModel(
            name="Assembly",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("convened", "convoquée"),
                            ("open", "en cours"),
                            ("closed", "levée"),
                            ("signed", "PV signé"),
                            ("cancelled", "annulée"),
                        ],
                        default="convened",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="début")),
                ("place", models.CharField(max_length=140, verbose_name="lieu")),
                (
                    "word",
                    models.CharField(blank=True, max_length=500, verbose_name="mot de convocation"),
                ),
                ("convened_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "observers",
                    models.CharField(blank=True, max_length=300, verbose_name="invités, sans voix"),
                ),
                (
                    "papers_shown",
                    models.CharField(blank=True, max_length=500, verbose_name="documents montrés"),
                ),
                (
                    "incidents",
                    models.TextField(blank=True, max_length=2000, verbose_name="incidents"),
                ),
            ],
            options={
                "verbose_name": "assemblée",
                "ordering": ("-starts_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="AssemblyAttendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("present", "présent·e"),
                            ("represented", "représenté·e"),
                            ("absent", "absent·e"),
                        ],
                        default="absent",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ("assembly_id", "enrolment_id"),
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pro", "pour"),
                            ("con", "contre"),
                            ("question", "question"),
                            ("answer", "réponse"),
                            ("amendment", "changement proposé"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("said_at", models.DateTimeField()),
                ("declined_why", models.CharField(blank=True, max_length=300)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("said_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="KeyHolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("is_coordinator", models.BooleanField(default=False)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("public_key", models.CharField(blank=True, max_length=64)),
                ("ready_at", models.DateTimeField(null=True)),
                ("share_box", models.TextField(blank=True)),
                ("opened_share", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("lost_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("poll_id", "position"),
            },
        ),
        migrations.CreateModel(
            name="MinutesSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("chair", "présidence"), ("secretary", "secrétariat")],
                        max_length=10,
                    ),
                ),
                ("signed_at", models.DateTimeField()),
                ("text_hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("signed_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="explication")),
                ("effect_settings", models.JSONField(default=dict)),
                (
                    "change",
                    models.CharField(blank=True, max_length=300, verbose_name="ce qui change"),
                ),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("proposal_id", "number"),
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("on_paper", models.BooleanField(default=False)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("given_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="RoomCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("hands", "mains levées"), ("paper", "bulletins de papier")],
                        max_length=10,
                    ),
                ),
                ("figures", models.JSONField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("papers", models.PositiveSmallIntegerField(default=0)),
                ("discarded", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("poll_id", "id"),
            },
        ),
        migrations.CreateModel(
            name="UrnBallot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("content", models.TextField()),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="VoteNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente"),
                            ("running", "en cours"),
                            ("done", "fait"),
                            ("failed", "en échec"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_token", models.UUIDField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "ouverture"),
                            ("reminder", "rappel"),
                            ("key", "clé à prendre"),
                            ("convening", "convocation"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(choices=[("mail", "e-mail"), ("sms", "SMS")], max_length=5),
                ),
                ("batch", models.PositiveSmallIntegerField(default=1)),
                ("link_index", models.CharField(blank=True, db_index=True, max_length=64)),
                ("link_used_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="outcome",
            name="outcome_elected_has_winner",
        ),
        migrations.RemoveConstraint(
            model_name="poll",
            name="poll_open_has_date",
        ),
        migrations.RemoveConstraint(
            model_name="poll",
            name="poll_closed_has_date",
        ),
        migrations.AddField(
            model_name="ballot",
            name="cast_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="content",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="ballotchange",
            name="content",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="elector",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "pas encore"),
                    ("phone", "à l’écran"),
                    ("room", "à main levée"),
                    ("paper", "sur papier"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="elector",
            name="proxy_holder",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="elector",
            name="used",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="outcome",
            name="code_version",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="outcome",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="outcome",
            name="law",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="outcome",
            name="repeals",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repealed_by",
                to="decisions.outcome",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="review_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="poll",
            name="about_person",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="poll",
            name="ballot_size",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="poll",
            name="board",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="poll",
            name="lot_commitment",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="poll",
            name="lot_nonce",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name="poll",
            name="public_key",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="poll",
            name="publication",
            field=models.CharField(
                choices=[
                    ("full", "tout, avec les noms"),
                    ("counts", "les nombres de voix"),
                    ("outcome_only", "le résultat seulement"),
                ],
                default="full",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="quorum",
            field=models.CharField(default="0", max_length=12),
        ),
        migrations.AddField(
            model_name="poll",
            name="room_figures",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="poll",
            name="rule",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="poll",
            name="secrecy",
            field=models.CharField(
                choices=[("open", "ouvert"), ("secret", "secret"), ("sealed", "scellé")],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="urn_wiped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="polloption",
            name="cost_cents",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="proposal",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
            ),
        ),
        migrations.AddField(
            model_name="statutes",
            name="adopted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="statutes",
            name="adopted_by_count",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="personnes d’accord"),
        ),
        migrations.AddField(
            model_name="statutes",
            name="concerned_vote",
            field=models.BooleanField(
                default=True, verbose_name="la personne concernée vote aussi"
            ),
        ),
        migrations.AddField(
            model_name="statutes",
            name="consent_rounds",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="tours de consentement"),
        ),
        migrations.AddField(
            model_name="statutes",
            name="contest_days",
            field=models.PositiveSmallIntegerField(default=15, verbose_name="jours pour contester"),
        ),
        migrations.AddField(
            model_name="statutes",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.outcome",
            ),
        ),
        migrations.AddField(
            model_name="statutes",
            name="majority_base",
            field=models.CharField(
                choices=[
                    ("expressed", "des voix exprimées"),
                    ("present", "des personnes présentes"),
                    ("roll", "de la liste entière"),
                ],
                default="expressed",
                max_length=10,
                verbose_name="la majorité se compte sur",
            ),
        ),
        migrations.AddField(
            model_name="statutes",
            name="noted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
            ),
        ),
        migrations.AddField(
            model_name="statutes",
            name="proxies_per_holder",
            field=models.PositiveSmallIntegerField(
                default=1, verbose_name="procurations qu’une personne peut porter"
            ),
        ),
        migrations.AddField(
            model_name="statutes",
            name="seal_money",
            field=models.BooleanField(default=True, verbose_name="votes sur l’argent scellés"),
        ),
        migrations.AddField(
            model_name="statutes",
            name="seal_persons",
            field=models.BooleanField(default=True, verbose_name="votes sur des personnes scellés"),
        ),
        migrations.AddField(
            model_name="statutes",
            name="tie_rule",
            field=models.CharField(
                choices=[("round", "on revote"), ("lot", "on tire au sort")],
                default="round",
                max_length=10,
                verbose_name="en cas d’égalité",
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="kind",
            field=models.CharField(
                choices=[
                    ("adopted", "adopté"),
                    ("elected", "choisi"),
                    ("rejected", "pas adopté"),
                    ("objected", "une objection reste"),
                    ("tie", "égalité"),
                    ("no_winner", "pas de majorité"),
                    ("quorum_missed", "quorum manqué"),
                ],
                max_length=15,
            ),
        ),
        migrations.AlterField(
            model_name="poll",
            name="method",
            field=models.CharField(
                choices=[
                    ("choice", "choisir une réponse"),
                    ("majority", "pour ou contre"),
                    ("consent", "consentement"),
                    ("majority-judgment", "jugement majoritaire"),
                    ("approval", "approbation"),
                    ("ranked", "classement"),
                    ("equal-shares", "parts égales"),
                ],
                default="choice",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="poll",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "en préparation"),
                    ("announced", "annoncé, les clés se préparent"),
                    ("open", "on vote"),
                    ("closed", "voix en cours de compte"),
                    ("counted", "compté"),
                    ("cancelled", "annulé"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="elector",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used", True), ("channel__in", ["", "room", "paper"]), _connector="OR"
                ),
                name="elector_channel_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="statutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("consent_rounds__gte", 1), ("consent_rounds__lte", 9)),
                name="statutes_consent_rounds_few",
            ),
        ),
        migrations.AddConstraint(
            model_name="statutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("contest_days__gte", 1), ("contest_days__lte", 60)),
                name="statutes_contest_days_bounded",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="poll",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agenda_items",
                to="decisions.poll",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="proposal",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agenda_items",
                to="decisions.proposal",
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="chair",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="cohort",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assemblies",
                to="cohorts.cohort",
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="convened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="minutes_document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="secretary",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="assembly",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agenda",
                to="decisions.assembly",
            ),
        ),
        migrations.AddField(
            model_name="assemblyattendance",
            name="assembly",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="decisions.assembly",
            ),
        ),
        migrations.AddField(
            model_name="assemblyattendance",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="assemblyattendance",
            name="represented_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="answers",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_by",
                to="decisions.contribution",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="decisions.proposal",
            ),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="keyholder",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holders",
                to="decisions.poll",
            ),
        ),
        migrations.AddField(
            model_name="minutessignature",
            name="assembly",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatures",
                to="decisions.assembly",
            ),
        ),
        migrations.AddField(
            model_name="minutessignature",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="proposalversion",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="decisions.proposal",
            ),
        ),
        migrations.AddField(
            model_name="proposalversion",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="taken_in",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.proposalversion",
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="polls",
                to="decisions.proposalversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "announced", "cancelled"]),
                    ("opened_at__isnull", False),
                    _connector="OR",
                ),
                name="poll_open_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True), ("state__in", ["draft", "announced", "open"])
                    ),
                    models.Q(("closed_at__isnull", False), ("state__in", ["closed", "counted"])),
                    ("state", "cancelled"),
                    _connector="OR",
                ),
                name="poll_closed_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "consent"), _negated=True),
                    ("secrecy", "open"),
                    _connector="OR",
                ),
                name="poll_consent_is_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("secrecy", "sealed"),
                    models.Q(("ballot_size", 0), ("public_key", "")),
                    _connector="OR",
                ),
                name="poll_only_sealed_has_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("secrecy", "sealed"), _negated=True),
                    ("state__in", ["draft", "announced", "cancelled"]),
                    models.Q(("public_key", ""), _negated=True),
                    _connector="OR",
                ),
                name="poll_sealed_has_key",
            ),
        ),
        migrations.AddField(
            model_name="proxy",
            name="giver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="proxy",
            name="holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="proxy",
            name="noted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="proxy",
            name="poll",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proxies",
                to="decisions.poll",
            ),
        ),
        migrations.AddField(
            model_name="proxy",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proxies",
                to="decisions.proposal",
            ),
        ),
        migrations.AddField(
            model_name="roomcount",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="room_counts",
                to="decisions.poll",
            ),
        ),
        migrations.AddField(
            model_name="roomcount",
            name="teller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="urnballot",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="urn", to="decisions.poll"
            ),
        ),
        migrations.AddField(
            model_name="votenotice",
            name="assembly",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="decisions.assembly",
            ),
        ),
        migrations.AddField(
            model_name="votenotice",
            name="poll",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="decisions.poll",
            ),
        ),
        migrations.AddField(
            model_name="votenotice",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["convened", "cancelled"]),
                    models.Q(
                        ("chair__isnull", False),
                        ("opened_at__isnull", False),
                        ("secretary__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="assembly_open_has_its_table",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state__in", ["closed", "signed"])),
                    models.Q(
                        ("closed_at__isnull", True),
                        ("state__in", ["convened", "open", "cancelled"]),
                    ),
                    _connector="OR",
                ),
                name="assembly_closed_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("assembly", "position"), name="agenda_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblyattendance",
            constraint=models.UniqueConstraint(
                fields=("assembly", "enrolment"), name="assembly_attendance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblyattendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("presence", "represented"), ("represented_by__isnull", False)),
                    models.Q(
                        models.Q(("presence", "represented"), _negated=True),
                        ("represented_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="assembly_represented_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="keyholder",
            constraint=models.UniqueConstraint(
                fields=("poll", "position"), name="key_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="keyholder",
            constraint=models.UniqueConstraint(
                fields=("poll", "person"), name="key_one_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="minutessignature",
            constraint=models.UniqueConstraint(
                fields=("assembly", "role"), name="minutes_signed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalversion",
            constraint=models.UniqueConstraint(
                fields=("proposal", "number"), name="proposal_version_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answers__isnull", False), ("kind", "answer")),
                    models.Q(
                        models.Q(("kind", "answer"), _negated=True), ("answers__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="contribution_answer_has_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "amendment"),
                    models.Q(("declined_why", ""), ("taken_in__isnull", True)),
                    _connector="OR",
                ),
                name="contribution_only_changes_are_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("poll__isnull", True), ("revoked_at__isnull", True)),
                fields=("proposal", "giver"),
                name="proxy_one_waiting_per_giver",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("poll", "giver"),
                name="proxy_one_per_giver_and_poll",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver", models.F("holder")), _negated=True),
                name="proxy_is_for_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomcount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("discarded", False)),
                fields=("poll", "teller", "kind"),
                name="room_count_once_per_teller",
            ),
        ),
        migrations.AddIndex(
            model_name="votenotice",
            index=models.Index(fields=["status", "sent_at"], name="vote_notice_to_sweep"),
        ),
        migrations.AddConstraint(
            model_name="votenotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("poll__isnull", False)),
                fields=("poll", "recipient", "kind", "batch"),
                name="vote_notice_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="votenotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("assembly__isnull", False)),
                fields=("assembly", "recipient", "kind", "batch"),
                name="assembly_notice_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="votenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assembly__isnull", True), ("poll__isnull", False)),
                    models.Q(("assembly__isnull", False), ("poll__isnull", True)),
                    _connector="OR",
                ),
                name="vote_notice_of_one_thing",
            ),
        ),
    ]
