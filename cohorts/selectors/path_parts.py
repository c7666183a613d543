"""What cohorts tells of a person's path: from the application to the exit. Registered in ready()."""

from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import path
from cohorts.enums import EnrolmentState, LeavingReason
from cohorts.enums.contracts import ContractKind, ContractState
from cohorts.enums.entry_files import ExitStatus
from cohorts.enums.recruiting import ApplicationState
from cohorts.enums.sessions import CAME, SIGNS, SessionKind
from cohorts.enums.skills import ConfirmerRole
from cohorts.models import (
    Application,
    Attendance,
    Contract,
    Enrolment,
    EntrySituation,
    ExitSituation,
    Mandate,
    SkillConfirmation,
)
from cohorts.path import Chapter, Item, Part, Reading, Stage, facts_of
from cohorts.selectors.completeness import has_complete_file
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from documents.enums import DocumentStatus
from documents.models import Document

_COMPLETE = "complete"


def _door(reading: Reading, own: str, coordinator: str, *, with_person: bool = False) -> str:
    """One's own page for the person, the cohort's for who accompanies them."""
    if reading.own:
        return reverse(own) if own else ""
    if not coordinator:
        return ""
    kwargs = {"cohort_id": reading.enrolment.cohort_id}
    if with_person:
        kwargs["enrolment_id"] = reading.enrolment.pk
    return reverse(coordinator, kwargs=kwargs)


def _application(enrolment: Enrolment, actor: Actor) -> Any:
    rows = Application.objects.filter(enrolment=enrolment)
    return facts_of(rows, key="state", first="created_at", last="decided_at", amount="pk")


def _applied(reading: Reading) -> Chapter | None:
    if not reading.facts:
        return None
    one = reading.facts[0]
    return Chapter(
        _("Candidature reçue."), "lettre", first_on=one.first_on,
        url="" if reading.own else reverse(
            "cohorts:application", args=[reading.enrolment.cohort_id, one.amount]
        ),
        action=_("Lire la candidature"),
    )  # fmt: skip


def _selected(reading: Reading) -> Chapter | None:
    if reading.facts:
        one = reading.facts[0]
        said = ApplicationState(one.key).label
        return Chapter(_("Candidature %(state)s.") % {"state": said}, "ok", first_on=one.last_on)
    if reading.enrolment.state == EnrolmentState.SELECTED:
        return Chapter(_("Attend d’entrer dans la coopérative."), "attente", "now")
    return Chapter(_("Entrée sans candidature sur ce site."), "ok")


def _entry(enrolment: Enrolment, actor: Actor) -> Any:
    current = EntrySituation.objects.filter(enrolment=enrolment).current()
    complete = Exists(Enrolment.objects.filter(has_complete_file(), pk=OuterRef("enrolment_id")))
    key = Case(When(complete, then=Value(_COMPLETE)), default=Value(""))
    return facts_of(current, key=key, first="entered_on", last="written_at")


def _file(reading: Reading) -> Chapter | None:
    url = _door(reading, "cohorts:my_file", "cohorts:file", with_person=True)
    action = _("Ouvrir le dossier")
    if not reading.facts:
        return Chapter(_("Pas encore commencé."), "personne", "later", url=url, action=action)
    one = reading.facts[0]
    if one.key == _COMPLETE:
        return Chapter(_("Complet."), "personne", "done", one.first_on, url=url, action=action)
    text = _("Il manque des réponses.")
    return Chapter(text, "personne", "now", one.first_on, url=url, action=action)


def _contracts(enrolment: Enrolment, actor: Actor) -> Any:
    rows = Contract.objects.filter(enrolment=enrolment).standing()
    key = Concat("kind", Value(":"), "state")
    return facts_of(rows, key=key, first="starts_on", last=Coalesce("ended_on", "ends_on"))


def _contract(reading: Reading) -> Chapter | None:
    url = _door(reading, "cohorts:my_contract", "cohorts:contracts")
    if not reading.facts:
        text = _("Pas encore de contrat.")
        return Chapter(text, "attestation", "later", url=url, action=_("Voir les contrats"))
    items, states = [], []
    for one in reading.facts:
        kind, _colon, state = one.key.partition(":")
        states.append(state)
        words = {
            "kind": ContractKind(kind).label,
            "state": ContractState(state).label,
            "day": format_day(one.last_on) if one.last_on else "",
        }
        items.append(Item(_("%(kind)s, %(state)s, jusqu’au %(day)s") % words))
    text = ngettext("%(n)s contrat.", "%(n)s contrats, renouvellements compris.", len(items))
    running = any(state in (ContractState.DRAFT, ContractState.TO_SIGN) for state in states)
    return Chapter(
        text % {"n": len(items)},
        "attestation",
        "now" if running else "done",
        reading.facts[0].first_on,
        max((one.last_on for one in reading.facts if one.last_on), default=None),
        tuple(items),
        url,
        _("Voir les contrats"),
    )


def _attended(enrolment: Enrolment, actor: Actor) -> Any:
    rows = Attendance.objects.filter(enrolment=enrolment, presence__in=CAME)
    signed = Count("pk", filter=Q(way__in=SIGNS))
    return facts_of(
        rows, key="slot__session__kind", first="slot__session__day", amount=signed, grouped=True
    )


def _sessions(reading: Reading) -> Chapter | None:
    facts = reading.facts
    if not facts:
        return Chapter(_("Aucune demi-journée pour le moment."), "stylo", "later")
    total, signed = sum(one.count for one in facts), sum(one.amount for one in facts)
    said = {"n": total, "signed": signed}
    text = ngettext("%(n)s demi-journée", "%(n)s demi-journées", total) % said
    text += (
        ngettext(", dont %(signed)s signée.", ", dont %(signed)s signées.", signed) % said
        if signed
        else _(", aucune signée.")
    )
    items = tuple(
        Item(f"{str(SessionKind(one.key).label).capitalize()}\N{NO-BREAK SPACE}: {one.count}")
        for one in facts
    )
    return Chapter(
        text, "stylo", "done", facts[0].first_on,
        max((one.last_on for one in facts if one.last_on), default=None), items,
        _door(reading, "cohorts:my_presences", "cohorts:attendance_sheets"), _("Voir les présences"),
    )  # fmt: skip


def _mandated(enrolment: Enrolment, actor: Actor) -> Any:
    rows = Mandate.objects.filter(enrolment=enrolment)
    return facts_of(rows, key="title", first="starts_on", last="ends_on", amount="decision_number")


def _mandates(reading: Reading) -> Chapter | None:
    if not reading.facts:
        return None
    held = [one for one in reading.facts if one.last_on is None or one.last_on >= reading.today]
    text = ngettext(
        "%(n)s mandat donné par le groupe.",
        "%(n)s mandats donnés par le groupe.",
        len(reading.facts),
    )
    items = tuple(
        Item(_("%(title)s, décision n° %(number)s") % {"title": one.key, "number": one.amount}, one.first_on)
        for one in reading.facts
    )  # fmt: skip
    return Chapter(
        text % {"n": len(reading.facts)},
        "cle",
        "now" if held else "done",
        reading.facts[0].first_on,
        items=items,
    )


def _confirmed(enrolment: Enrolment, actor: Actor) -> Any:
    rows = SkillConfirmation.objects.standing().filter(enrolment=enrolment)
    roles = Count("role", distinct=True)
    return facts_of(rows, key="skill__title", first="confirmed_on", amount=roles, grouped=True)


def _skills(reading: Reading) -> Chapter | None:
    if not reading.facts:
        return None
    both = len(ConfirmerRole)
    sure = [one for one in reading.facts if one.amount >= both]
    text = ngettext(
        "%(sure)s compétence confirmée par un coopérant et par l’accompagnement, sur %(all)s.",
        "%(sure)s compétences confirmées par un coopérant et par l’accompagnement, sur %(all)s.",
        len(sure),
    )
    items = tuple(
        Item(one.key if one.amount >= both else _("%(skill)s, à confirmer encore") % {"skill": one.key}, one.last_on)
        for one in reading.facts
    )  # fmt: skip
    return Chapter(
        text % {"sure": len(sure), "all": len(reading.facts)},
        "attestation",
        "done" if len(sure) == len(reading.facts) else "now",
        reading.facts[0].first_on,
        items=items,
        url=_door(reading, "cohorts:my_skills", "cohorts:skills"),
        action=_("Voir les compétences"),
    )


def _left(enrolment: Enrolment, actor: Actor) -> Any:
    rows = ExitSituation.objects.filter(enrolment=enrolment).current()
    return facts_of(rows, key="status", first="left_on", last="known_on")


def _exit(reading: Reading) -> Chapter | None:
    enrolment = reading.enrolment
    url = _door(reading, "", "cohorts:file_exit", with_person=True)
    items: tuple[Item, ...] = ()
    if enrolment.left_on and enrolment.left_reason:
        items = (
            Item(str(LeavingReason(enrolment.left_reason).label).capitalize(), enrolment.left_on),
        )
    if reading.facts:
        one = reading.facts[0]
        said = str(ExitStatus(one.key).label)
        return Chapter(
            said, "sortir", "done", one.first_on, items=items, url=url, action=_("Ouvrir")
        )
    if enrolment.state in (EnrolmentState.LEFT, EnrolmentState.COMPLETED):
        text = _("La situation à la sortie n’est pas encore notée.")
        return Chapter(
            text, "sortir", "now", enrolment.left_on, items=items, url=url, action=_("La noter")
        )
    return Chapter(_("À la fin de la cohorte."), "sortir", "later", enrolment.cohort.ends_on)


_PAPERS_SHOWN = 6


def _papers(reading: Reading) -> Chapter | None:
    """What the reader may open of this cohort's papers about the person. One query."""
    enrolment = reading.enrolment
    rows = list(
        Document.objects.visible_to(reading.actor)
        .of_subject(enrolment.person_id)
        .of_cohort(enrolment.cohort_id)
        .exclude(status=DocumentStatus.REPLACED)
        .order_by("issued_at", "pk")
        .values_list("pk", "title", "number", "issued_at")
    )
    if not rows:
        return None
    items = tuple(
        Item(
            f"{title}, n° {number}" if number else title,
            civil_day(issued_at),
            reverse("documents:download", args=[key]),
        )
        for key, title, number, issued_at in rows[-_PAPERS_SHOWN:]
    )
    text = ngettext("%(n)s papier.", "%(n)s papiers.", len(rows)) % {"n": len(rows)}
    return Chapter(
        text,
        "papier",
        "done",
        civil_day(rows[0][3]),
        civil_day(rows[-1][3]),
        items,
        _door(reading, "documents:mine", "cohorts:papers"),
        _("Voir tous les papiers"),
    )


PARTS = (
    Part("application", Stage.APPLYING, _applied, _application),
    Part("selection", Stage.SELECTION, _selected, _application),
    Part("entry", Stage.ENTRY, _file, _entry),
    Part("contract", Stage.CONTRACT, _contract, _contracts),
    Part("sessions", Stage.SESSIONS, _sessions, _attended),
    Part("mandates", Stage.MANDATES, _mandates, _mandated),
    Part("skills", Stage.SKILLS, _skills, _confirmed),
    Part("papers", Stage.PAPERS, _papers),
    Part("exit", Stage.EXIT, _exit, _left),
)


def register_all() -> None:
    for part in PARTS:
        path.register(part)
