"""What must always be true of entry files: versions in order, nothing sealed without need, places and
exits that the rules can read."""

import json
from collections.abc import Iterable

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext as _

from cohorts.enums.entry_files import ExitStatus, LocatedHow
from cohorts.models import (
    EntryPlace,
    EntrySituation,
    ExitSituation,
    Quarter,
    SensitiveAnswers,
)
from cohorts.questionnaire import SENSITIVE
from cohorts.rules.exits import TIMED
from cohorts.services.sensitive import SUBJECT, opened
from ct_platform.kit.invariants import Invariant, register
from members.models import AccessAct, AccessRecord

_VERSIONED = (EntrySituation, EntryPlace, SensitiveAnswers, ExitSituation)


def _versions() -> Iterable[str]:
    """Numbers go 1, 2, 3…: the last is the current one, and a gap is a version that was taken away."""
    for model in _VERSIONED:
        rows = model._default_manager.order_by().values("enrolment_id")
        counted = rows.annotate(n=Count("pk"), last=Max("number"))
        for row in counted.exclude(n=F("last")).order_by("enrolment_id").iterator():
            yield _("%(what)s du parcours %(pk)d : il manque une version.") % {
                "what": str(model._meta.verbose_name).capitalize(),
                "pk": row["enrolment_id"],
            }


def _sensitive() -> Iterable[str]:
    """Sealed answers exist because somebody answered, and because that writing was recorded."""
    written = AccessRecord.objects.filter(
        person=OuterRef("enrolment__person"),
        act=AccessAct.WRITTEN,
        subject=SUBJECT,
        at=OuterRef("written_at"),
    )
    for row in SensitiveAnswers.objects.annotate(is_recorded=Exists(written)).order_by("pk"):
        words = {"pk": row.pk}
        if not row.is_recorded:
            yield _("Les réponses sensibles %(pk)d ont été écrites sans trace.") % words
        try:
            answers = opened(row)
        except (ValueError, json.JSONDecodeError):
            yield _("Les réponses sensibles %(pk)d ne s’ouvrent pas.") % words
            continue
        if not any(answers.values()):
            yield _("Les réponses sensibles %(pk)d ne gardent aucune réponse.") % words
        if set(answers) - set(SENSITIVE):
            yield _("Les réponses sensibles %(pk)d gardent une autre question.") % words


def _places() -> Iterable[str]:
    """A quarter is of a vintage that was imported; one placed by hand may come before its file."""
    imported = Quarter.objects.filter(vintage=OuterRef("vintage"))
    named = imported.filter(code=OuterRef("quarter_code"))
    placed = EntryPlace.objects.exclude(quarter_status="")
    astray = placed.annotate(is_imported=Exists(imported), is_named=Exists(named)).filter(
        (Q(is_imported=False) & ~Q(located_how=LocatedHow.HAND))
        | (Q(is_imported=True, is_named=False) & ~Q(quarter_code=""))
    )
    for place in astray.order_by("pk").iterator():
        yield _("L’adresse à l’entrée %(pk)d nomme un quartier ou un millésime inconnu.") % {
            "pk": place.pk
        }


def _exits() -> Iterable[str]:
    """The category is derived, never stored: what is stored must give one, and only one."""
    timed = Q(status__in=TIMED)
    wrong = ExitSituation.objects.filter(
        ~Q(status__in=ExitStatus.values)
        | (~timed & Q(contract_months__isnull=False))
        | (Q(contract_months__isnull=True) & ~Q(contract_days=0))
        | Q(contract_days__gt=31)
    )
    for one in wrong.order_by("pk").iterator():
        yield _("La situation à la sortie %(pk)d ne donne pas de catégorie sûre.") % {"pk": one.pk}


def register_all() -> None:
    for code, title, check in (
        (
            "file_versions",
            _("Un dossier a une version en cours, et toutes celles d’avant."),
            _versions,
        ),
        ("file_sensitive", _("Une réponse sensible scellée a une raison d’être."), _sensitive),
        ("file_places", _("Un quartier est d’un millésime importé."), _places),
        ("file_exits", _("La catégorie de sortie se déduit de la règle."), _exits),
    ):
        register(Invariant(f"cohorts.{code}", title, check))
