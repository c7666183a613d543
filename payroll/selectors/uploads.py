"""Uploads of slips made elsewhere: whose they may be, what is still to be checked."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.clock import Month
from ct_platform.kit.money import euros
from documents.enums import DocumentStatus
from documents.models import Document
from payroll.enums import MatchKind
from payroll.models import PayRun, Share, SlipUpload, UploadedSlip
from payroll.papers.made_elsewhere import KIND
from payroll.rules.matching import Candidate
from payroll.selectors.in_force import settings_of_month


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip to check: `replaces` when its person already has another one for the month, `same`
    when they have this very one; `can_join` when it may be the next pages of the one before."""

    slip: UploadedSlip
    replaces: bool
    same: bool
    can_join: bool


@dataclass(frozen=True, slots=True)
class Check:
    """Everything the check page shows. `obstacles` are sentences; none, and it may be handed out."""

    upload: SlipUpload
    run: PayRun | None
    rows: tuple[SlipRow, ...]
    people: tuple[Enrolment, ...]
    missing: tuple[str, ...]
    overdrawn: tuple[str, ...]
    withheld: tuple[str, ...]  # whose pay takes an advance or a deduction: "Amina Sarr (10,00 €)"
    obstacles: tuple[str, ...]

    @property
    def reading(self) -> str:
        return reading_of(row.slip for row in self.rows)


def uploads_of(cohort_id: int) -> list[SlipUpload]:
    """Every upload of a cohort, newest first, with how many slips it holds. Costs one query."""
    return list(
        SlipUpload.objects.of_cohort(cohort_id)
        .select_related("uploaded_by", "distributed_by")
        .annotate(
            slip_count=Count("slips"),
            handed_count=Count("slips", filter=Q(slips__document__isnull=False)),
        )
        .order_by("-id")
    )


def people_of(cohort_id: int) -> list[Enrolment]:
    """Who a slip may belong to: everybody who was ever in the group. Costs one query."""
    return list(
        Enrolment.objects.of_cohort(cohort_id)
        .exclude(state=EnrolmentState.SELECTED)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )


def candidates_of(people: Iterable[Enrolment]) -> list[Candidate]:
    return [
        Candidate(
            key=enrolment.pk,
            first_name=enrolment.person.first_name,
            last_name=enrolment.person.last_name,
            used_name=enrolment.person.used_name,
            birth_date=enrolment.person.birth_date,
            address=enrolment.person.address,
        )
        for enrolment in people
    ]


def places_of(cohort: Cohort, people: Iterable[Enrolment]) -> list[str]:
    """Names on a slip that are nobody's: the host, its street and town, the group, people's towns."""
    host = cohort.host
    towns = {enrolment.person.city for enrolment in people}
    return [host.name, host.legal_form, host.address, host.city, cohort.name, *sorted(towns)]


def run_of_upload(upload: SlipUpload) -> PayRun | None:
    """The pay these slips belong to, if one was opened. Costs one query."""
    found: PayRun | None = (
        PayRun.objects.of_cohort(upload.cohort_id)
        .filter(month=upload.month)
        .select_related("settings", "cohort")
        .first()
    )
    return found


def check_of(upload: SlipUpload) -> Check:
    """What there is to check, and what stands in the way of handing out. Costs six queries."""
    slips = list(upload.slips.select_related("enrolment__person", "document").order_by("position"))
    people = people_of(upload.cohort_id)
    run = run_of_upload(upload)
    shares = {share.enrolment_id: share for share in run.shares.all()} if run else {}
    held = papers_of_month(upload.cohort_id, upload.month)
    given = {slip.enrolment_id for slip in slips if not slip.left_out}
    expected = _expected(upload, people, list(shares.values()) if run else None)
    named = {person.pk: person.person.full_name for person in people}
    rows = [_row(slip, held, before) for slip, before in zip(slips, [None, *slips], strict=False)]
    had = {person.pk for person in people if person.person_id in held}
    return Check(
        upload=upload,
        run=run,
        rows=tuple(rows),
        people=tuple(people),
        missing=tuple(named[key] for key in named if key in expected and key not in given | had),
        overdrawn=tuple(
            named[slip.enrolment_id]
            for slip in slips
            if slip.enrolment_id in shares
            and not slip.left_out
            and slip.total_cost is not None
            and slip.total_cost
            > shares[slip.enrolment_id].amount + shares[slip.enrolment_id].carried_in
        ),
        withheld=tuple(
            f"{named[key]} ({euros(share.withheld)})"
            for key, share in shares.items()
            if share.withheld and key in given
        ),
        obstacles=tuple(obstacles_of(upload, run, slips, set(shares))),
    )


def _expected(
    upload: SlipUpload, people: Iterable[Enrolment], shares: Iterable[Share] | None
) -> set[int]:
    """Who should get a slip: those the pay estimates one for; without a pay, who was still there."""
    if shares is not None:
        return {share.enrolment_id for share in shares if share.slip is not None}
    return {p.pk for p in people if p.left_on is None or p.left_on >= upload.month}


def obstacles_of(
    upload: SlipUpload, run: PayRun | None, slips: Iterable[UploadedSlip], sharing: set[int]
) -> list[str]:
    """Why the slips cannot be handed out yet, in sentences. Costs one query for a draft run."""
    slips = list(slips)
    found = [*_run_obstacles(upload, run)]
    guesses = [s for s in slips if not s.left_out and s.match in (MatchKind.LIKELY, MatchKind.NONE)]
    if guesses:
        found.append(
            _("Dites à qui va, ou mettez de côté : %(slips)s.") % {"slips": _numbers(guesses)}
        )
    known = [slip for slip in slips if not slip.left_out and slip not in guesses]
    without_net = [slip for slip in known if slip.net_paid is None]
    if without_net:
        found.append(_("Écrivez le net payé : %(slips)s.") % {"slips": _numbers(without_net)})
    without_cost = [
        slip for slip in known if slip.enrolment_id in sharing and slip.total_cost is None
    ]
    if without_cost:
        found.append(
            _("Écrivez le total versé par l’employeur : %(slips)s.")
            % {"slips": _numbers(without_cost)}
        )
    if all(slip.left_out for slip in slips):
        found.append(_("Tous les bulletins sont mis de côté : il n’y a rien à distribuer."))
    return found


def _run_obstacles(upload: SlipUpload, run: PayRun | None) -> Iterable[str]:
    if run is None:
        return
    settings = run.settings or settings_of_month(run.cohort.host_id, run.month)
    month = {"month": Month(run.month)}
    if settings is None or settings.makes_slips:
        yield (
            _(
                "La plateforme fait elle-même les bulletins de %(month)s. Changez d’abord ce réglage : "
                "deux bulletins pour un mois, ce serait un de trop."
            )
            % month
        )
    elif not run.is_issued:
        yield (
            _("La paie de %(month)s n’est pas encore remise à l’hôte. Terminez-la d’abord.") % month
        )


def _numbers(slips: Iterable[UploadedSlip]) -> str:
    return ", ".join(_("n° %(n)s") % {"n": slip.position} for slip in slips)


def _row(slip: UploadedSlip, held: dict[int, Document], before: UploadedSlip | None) -> SlipRow:
    paper = held.get(slip.enrolment.person_id) if slip.enrolment else None
    same = paper is not None and paper.sha256 == slip.sha256
    follows = (
        before is not None
        and before.source == slip.source
        and before.last_page + 1 == slip.first_page
    )
    return SlipRow(
        slip,
        replaces=paper is not None and not same,
        same=same,
        can_join=follows and slip.match in (MatchKind.NONE, MatchKind.LIKELY),
    )


def papers_of_month(cohort_id: int, month: dt.date) -> dict[int, Document]:
    """The host's slip that stands for each person of a month, by person. Costs one query."""
    papers = (
        Document.objects.of_cohort(cohort_id)
        .filter(kind=KIND, period_from=month, status=DocumentStatus.VALID)
        .order_by("pk")
    )
    return {paper.subject_id: paper for paper in papers if paper.subject_id is not None}


def reading_of(slips: Iterable[UploadedSlip]) -> str:
    """Names what one page showed: handing out what somebody changed since is refused."""
    told = [
        (s.pk, s.enrolment_id, str(s.net_paid), str(s.total_cost), s.left_out, s.match, s.sha256)
        for s in slips
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()
