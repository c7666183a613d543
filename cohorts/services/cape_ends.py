"""Giving the attestation of the end of a CAPE, in the host's name."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Contract, Enrolment
from cohorts.papers.cape_ends import CAPE_END, KIND, snapshot_of, title
from cohorts.rules import EndFault, cape_end, cape_end_fault
from cohorts.selectors.cape_ends import capes_of, papers_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from documents.services.render import render_transient
from documents.services.replace import replace_document


@transaction.atomic
def issue_cape_ends(
    *, cohort: Cohort, ends: Mapping[int, dt.date], actor: Actor, at: dt.datetime
) -> list[Document]:
    """Issue the attestation of these enrolments, each with the last day of its CAPE.

    The same day again gives the paper already issued; another day replaces it. Raises Refused, and
    issues nothing, for somebody without a CAPE, a day outside its terms or over a month ahead.
    Source: C. com. L127-1 ff.; early end is a term of the contract (R127-1, 6°).
    """
    day = civil_day(at)
    issued = papers_of(cohort)
    fresh: list[Paper] = []
    standing: list[Document] = []
    for enrolment in capes_of(cohort, ends):
        terms = list(enrolment.capes)
        ended_on = ends[enrolment.pk]
        _require_plausible(enrolment, terms, ended_on, day)
        snapshot = snapshot_of(
            cohort=cohort, enrolment=enrolment, terms=terms, ended_on=ended_on, day=day
        )
        given = issued.get(enrolment.person_id, [])
        valid = next((one for one in given if one.status == DocumentStatus.VALID), None)
        if valid is None:
            fresh.append(_paper(cohort, enrolment, terms, snapshot, len(given)))
        elif valid.snapshot["ended_on"] == ended_on.isoformat():
            standing.append(valid)
        else:
            standing.append(replace_document(document=valid, snapshot=snapshot, actor=actor, at=at))
    return standing + issue_documents(papers=fresh, actor=actor, at=at)


def preview_cape_end(*, cohort: Cohort, enrolment: Enrolment, at: dt.datetime) -> bytes:
    """Draw the attestation as it would be today, marked as a preview: no row, no code.

    Raises Refused for somebody without a CAPE.
    """
    found = capes_of(cohort, [enrolment.pk])
    day = civil_day(at)
    if not found:
        raise Refused(_("%(name)s n’a pas de CAPE ici.") % {"name": enrolment.person.full_name})
    terms = list(found[0].capes)
    ended_on = cape_end([(one.starts_on, one.last_day) for one in terms], enrolment.left_on)
    snapshot = snapshot_of(
        cohort=cohort, enrolment=enrolment, terms=terms, ended_on=ended_on, day=day
    )
    paper = {"title": title(), "issuer": cohort.host.name, "issued_on": day.isoformat()}
    page = {**CAPE_END.context(snapshot), "paper": paper, "is_draft": True}
    return render_transient(CAPE_END.template, page)


def _paper(
    cohort: Cohort,
    enrolment: Enrolment,
    terms: list[Contract],
    snapshot: Mapping[str, object],
    earlier: int,
) -> Paper:
    return Paper(
        kind=KIND,
        title=title(),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=enrolment.person,
        snapshot=snapshot,
        # Numbered past the revoked ones: giving the paper again after a mistake is another effect.
        effect_key=f"{KIND}:{enrolment.pk}:{earlier}",
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        period_from=terms[0].starts_on,
        period_to=dt.date.fromisoformat(str(snapshot["ended_on"])),
    )


def _require_plausible(
    enrolment: Enrolment, terms: list[Contract], ended_on: dt.date, day: dt.date
) -> None:
    fault = cape_end_fault([(one.starts_on, one.last_day) for one in terms], ended_on, day)
    if fault is None:
        return
    words = {
        EndFault.NO_TERM: _("%(name)s n’a pas de CAPE ici."),
        EndFault.OUTSIDE: _("%(name)s : le %(day)s n’est pas dans son CAPE."),
        EndFault.TOO_EARLY: _(
            "%(name)s : le %(day)s est dans plus d’un mois. Attendez que la fin approche."
        ),
    }[fault]
    raise Refused(words % {"name": enrolment.person.full_name, "day": format_day(ended_on)})
