"""Making convocations for one or several people, and one file for the printer."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.sessions import SessionKind
from cohorts.models import Cohort, Contract, Enrolment, Session
from cohorts.papers.convocations import CONVOCATION, KIND, Occasion, snapshot_of, title
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from documents.services.render import frame_of, render_transient
from documents.services.replace import replace_document

_TIMES = {SessionKind.TRAINING: "training", SessionKind.ASSEMBLY: ""}
# What changes each day without changing what is said.
_DATED = ("as_of", "paper", "check")


def occasion_of_session(session: Session) -> Occasion:
    """What a session tells on paper. Two queries unless its half-days are prefetched."""
    slots = sorted(session.slots.all(), key=lambda slot: slot.starts)
    for slot in slots:
        slot.session = session
    return Occasion(
        key=f"session:{session.pk}",
        what=session.get_kind_display(),
        title=session.title,
        place=session.place,
        moments=tuple((slot.starts_at, slot.ends_at) for slot in slots),
        agenda=tuple(_("Avec %(who)s") % {"who": one.full} for one in session.trainers.all()),
        word=session.note,
        replies=_("Vous ne pouvez pas venir ? Dites-le à la personne qui coordonne le groupe."),
        time=_TIMES.get(SessionKind(session.kind), "work"),
    )


@transaction.atomic
def issue_convocations(
    *,
    cohort: Cohort,
    enrolments: Sequence[Enrolment],
    occasion: Occasion,
    actor: Actor,
    at: dt.datetime,
) -> list[Document]:
    """Make the letter of each of these people; the same facts again give the letter already made,
    another hour or place replaces it, linked.

    Raises Refused, and makes nothing: nobody chosen, no hour known, everything past already.
    """
    if not enrolments:
        raise Refused(_("Choisissez au moins une personne."))
    if not occasion.moments or all((end or start) <= at for start, end in occasion.moments):
        raise Refused(_("C’est déjà passé : une convocation n’a plus de sens."))
    day = civil_day(at)
    kinds = _contracts_of(enrolments, civil_day(occasion.moments[0][0]))
    given = _given(occasion)
    standing: list[Document] = []
    fresh: list[Paper] = []
    for one in enrolments:
        snapshot = snapshot_of(
            cohort=cohort,
            enrolment=one,
            occasion=occasion,
            kind=kinds.get(one.pk, ""),
            day=day,
        )
        earlier = given.get(one.person_id, [])
        valid = next((paper for paper in earlier if paper.status == DocumentStatus.VALID), None)
        if valid is None:
            fresh.append(_paper(cohort, one, occasion, snapshot, len(earlier)))
        elif _says_the_same(valid, snapshot):
            standing.append(valid)
        else:
            standing.append(replace_document(document=valid, snapshot=snapshot, actor=actor, at=at))
    return standing + issue_documents(papers=fresh, actor=actor, at=at)


def print_convocations(*, papers: Sequence[Document]) -> bytes:
    """The letters in one file for the printer, drawn from their photographs, a page each.

    Raises Refused when there is nothing to print.
    """
    if not papers:
        raise Refused(_("Il n’y a pas encore de convocation à imprimer."))
    letters = [
        {**CONVOCATION.context(paper.snapshot), **frame_of(paper.snapshot)} for paper in papers
    ]
    return render_transient("pdf/convocations.html", {"letters": letters})


def valid_letters(occasion: Occasion) -> list[Document]:
    """Those that stand, by name. One query."""
    rows = Document.objects.filter(
        kind=KIND, batch=occasion.batch, status=DocumentStatus.VALID
    ).select_related("subject")
    return list(rows.order_by("subject__last_name", "subject__first_name", "pk"))


def _contracts_of(enrolments: Sequence[Enrolment], day: dt.date) -> dict[int, str]:
    """The kind of contract that binds each on that day. One query."""
    keys = [one.pk for one in enrolments]
    rows = Contract.objects.running_on(day).filter(enrolment_id__in=keys)
    return dict(rows.values_list("enrolment_id", "kind"))


def _given(occasion: Occasion) -> dict[int | None, list[Document]]:
    found: dict[int | None, list[Document]] = {}
    for paper in Document.objects.filter(kind=KIND, batch=occasion.batch).order_by("pk"):
        found.setdefault(paper.subject_id, []).append(paper)
    return found


def _says_the_same(paper: Document, snapshot: dict[str, object]) -> bool:
    return all(
        paper.snapshot.get(name) == value for name, value in snapshot.items() if name not in _DATED
    )


def _paper(
    cohort: Cohort, one: Enrolment, occasion: Occasion, snapshot: dict[str, object], earlier: int
) -> Paper:
    first = civil_day(occasion.moments[0][0])
    return Paper(
        kind=KIND,
        title=title(),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=one.person,
        snapshot=snapshot,
        effect_key=f"{occasion.batch}:{one.pk}:{earlier}",
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        batch=occasion.batch,
        period_from=first,
        period_to=civil_day(occasion.moments[-1][0]),
    )
