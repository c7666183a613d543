"""What a closing looks at among votes: those under way, assemblies without minutes, blocked decisions."""

import datetime as dt
from typing import Any

from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts import archive
from cohorts.closing import Check, Line, lines, register
from cohorts.enums.closing import Severity
from cohorts.models import Cohort
from ct_platform.kit.clock import format_day
from decisions.enums import AssemblyState
from decisions.models import Assembly, Contribution, Outcome, Poll, Proposal

_UNFINISHED = (AssemblyState.CONVENED, AssemblyState.OPEN, AssemblyState.CLOSED)


def _polls(cohort: Cohort, today: dt.date) -> Any:
    rows = Poll.objects.of_cohort(cohort.pk).under_way()
    return lines("polls", rows, words="proposal__title", day=TruncDate("closes_at"))


def _assemblies(cohort: Cohort, today: dt.date) -> Any:
    rows = Assembly.objects.of_cohort(cohort.pk).filter(state__in=_UNFINISHED)
    return lines("assemblies", rows, words="place", day=TruncDate("starts_at"))


def _blocked(cohort: Cohort, today: dt.date) -> Any:
    rows = Outcome.objects.of_cohort(cohort.pk).blocked()
    return lines("decisions", rows, words="poll__proposal__title", number="number")


def _of_cohort(name: str) -> Any:
    def url(cohort: Cohort, line: Line | None) -> str:
        return reverse(f"decisions:{name}", kwargs={"cohort_id": cohort.pk})

    return url


def _to_poll(cohort: Cohort, line: Line | None) -> str:
    if line is None:
        return reverse("decisions:of_cohort", args=[cohort.pk])
    return reverse("decisions:poll_of_cohort", args=[cohort.pk, int(line.key)])


def _to_assembly(cohort: Cohort, line: Line | None) -> str:
    if line is None:
        return reverse("decisions:assemblies", args=[cohort.pk])
    return reverse("decisions:assembly", args=[int(line.key)])


def lead_to_cohorts() -> None:
    """Addresses that name a vote, a proposal or an assembly, and not their cohort."""
    for argument, model, path in (
        ("assembly_id", Assembly, "cohort_id"),
        ("proposal_id", Proposal, "cohort_id"),
        ("contribution_id", Contribution, "proposal__cohort_id"),
        ("poll_id", Poll, "proposal__cohort_id"),
    ):
        archive.reached_by(argument, _reaching(model, path))


def _reaching(model: Any, path: str) -> archive.Path:
    def keys(key: int) -> Any:
        return model.objects.filter(pk=key).values_list(path, flat=True)

    return keys


def register_checks() -> None:
    """Called once, from DecisionsConfig.ready()."""
    lead_to_cohorts()
    register(
        Check(
            code="polls",
            title=_("Votes pas encore comptés"),
            settled=_("Aucun vote n’est en cours."),
            why=_(
                "Un vote se compte ou s’annule avant l’archive : après, plus personne ne décide."
            ),
            severity=Severity.BLOCKS,
            icon="urne",
            rows=_polls,
            tell=lambda line: (
                _say("« %(title)s », jusqu’au %(day)s.")
                % {"title": line.words, "day": format_day(line.day)}
                if line.day
                else line.words
            ),
            mend=_to_poll,
        )
    )
    register(
        Check(
            code="assemblies",
            title=_("Assemblées sans procès-verbal signé"),
            settled=_("Chaque assemblée a son procès-verbal signé."),
            why=_("Un procès-verbal se signe à deux ; après l’archive, il ne se signe plus."),
            severity=Severity.WARNS,
            icon="groupe",
            rows=_assemblies,
            tell=lambda line: (
                _say("Assemblée du %(day)s.") % {"day": format_day(line.day)} if line.day else ""
            ),
            mend=_to_assembly,
        )
    )
    register(
        Check(
            code="decisions",
            title=_("Décisions qui n’ont pas pu être faites"),
            settled=_("Tout ce que le groupe a décidé est fait."),
            why=_("Le groupe a décidé, et quelque chose l’empêche encore."),
            severity=Severity.WARNS,
            icon="urne",
            rows=_blocked,
            tell=lambda line: (
                _say("Décision n° %(n)s : « %(title)s »") % {"n": line.number, "title": line.words}
            ),
            mend=_of_cohort("of_cohort"),
        )
    )
