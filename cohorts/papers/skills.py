"""Attestation de compétences: what somebody did and others saw, in the words of the group.

It carries what the person chose to show and two sides confirmed, with what they saw. Neither a
diploma nor an appraisal of the person. It photographs an Open Badges 3.0 credential of the same
facts, attached to the file.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.enums.skills import ConfirmerRole, SkillLevel
from cohorts.models import Cohort, Enrolment, SkillConfirmation
from cohorts.papers.parties import host_of, identity_of
from cohorts.rules.skills import agreed_level
from cohorts.selectors.skills import SkillLine
from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from documents.kinds import DocumentKind, PublicFact

KIND = "skills"


def title() -> str:
    return _("Attestation de compétences")


def level_words(level: int) -> str:
    """The levels as a stranger reads them."""
    return {
        SkillLevel.WITH_HELP: _("avec de l’aide"),
        SkillLevel.ALONE: _("sans aide"),
        SkillLevel.SHOWS_OTHERS: _("sait le montrer aux autres"),
    }[SkillLevel(level)]


def snapshot_of(
    *, cohort: Cohort, enrolment: Enrolment, lines: Sequence[SkillLine], day: dt.date
) -> dict[str, Any]:
    """Write down everything the attestation prints. `lines` are confirmed and chosen."""
    host = host_of(cohort)
    return {
        "person": enrolment.person.civil_name,
        "cohort": cohort.name,
        "territory": cohort.territory.name,
        "host": {"name": host["name"], "lines": identity_of(host), "city": host["city"]},
        "from": cohort.starts_on.isoformat(),
        "to": max(
            cohort.starts_on, min(cohort.ends_on, enrolment.left_on or cohort.ends_on, day)
        ).isoformat(),
        "as_of": day.isoformat(),
        "levels": [level_words(one) for one in SkillLevel if one],
        "how": _(
            "Chaque compétence est dite par la personne, puis confirmée par au moins une personne du "
            "groupe et une personne de l’accompagnement, qui écrivent ce qu’elles ont vu."
        ),
        "skills": [_row(line) for line in lines],
        "eu": cohort.eu_funded,
    }


def _row(line: SkillLine) -> dict[str, Any]:
    return {
        "title": line.skill.title,
        "meaning": line.skill.meaning,
        "level": level_words(agreed_level([one.level for one in line.confirmations])),
        "evidence": [_seen(one) for one in line.confirmations],
    }


def _seen(one: SkillConfirmation) -> str:
    """Who is said by their place, not by name: a paper goes far, and its witnesses did not ask to."""
    who = {
        ConfirmerRole.PEER: _("une personne du groupe"),
        ConfirmerRole.COORDINATOR: _("l’accompagnement"),
    }[ConfirmerRole(one.role)]
    return _("« %(seen)s » (%(who)s, le %(day)s)") % {
        "seen": one.evidence,
        "who": who,
        "day": clock.format_day(one.confirmed_on),
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/skills.html prints, from the photograph alone."""
    return {
        **{
            name: snapshot[name]
            for name in ("person", "cohort", "territory", "host", "skills", "how", "levels", "eu")
        },
        "period": _period(snapshot),
        "as_of": dt.date.fromisoformat(snapshot["as_of"]),
        "has_badge": bool(snapshot.get("badge")),
        "issuer": {
            "name": snapshot["host"]["name"],
            "role": _("coopérative hôte"),
            "lines": snapshot["host"]["lines"],
        },
        "who": {"name": snapshot["person"], "lines": [snapshot["cohort"]], "label": _("Pour")},
    }


def _period(snapshot: Mapping[str, Any]) -> str:
    return clock.format_period(
        dt.date.fromisoformat(snapshot["from"]), dt.date.fromisoformat(snapshot["to"])
    )


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"attestation-competences-{slugify(snapshot['person'])}-{snapshot['as_of']}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """What the check page repeats: the cohort, the dates, each skill with its level. No words of evidence."""
    return [
        PublicFact(_("Coopérative"), snapshot["cohort"]),
        PublicFact(_("Participation"), _period(snapshot)),
        *(PublicFact(row["title"], row["level"]) for row in snapshot["skills"]),
    ]


def attached(snapshot: Mapping[str, Any]) -> dict[str, bytes]:
    token = snapshot.get("badge")
    return {"open-badge.jwt": token.encode()} if token else {}


SKILLS = DocumentKind(
    code=KIND,
    label="Attestation de compétences",
    template="pdf/skills.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
    icon="attestation",
    attached=attached,
)
