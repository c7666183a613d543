"""The entry questionnaire, printed to be signed: what was answered, and boxes for what was not.

Sensitive answers are never on it: the paper lies in folders and in the person's own papers.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.enums.entry_files import MISSING, QuarterStatus
from cohorts.questionnaire import CHOICE, QUESTIONS
from cohorts.selectors.entry_files import PersonFile
from ct_platform.kit import clock
from ct_platform.kit.actor import SeatKind
from documents.kinds import DocumentKind, PublicFact

KIND = "entry_questionnaire"


def title() -> str:
    return _("Questionnaire d’entrée")


def snapshot_of(file: PersonFile, *, host_name: str, city: str) -> dict[str, Any]:
    """Write down everything the questionnaire prints."""
    person, cohort, place = file.person, file.enrolment.cohort, file.place
    return {
        "person": {
            "name": person.civil_name,
            "birth_date": person.birth_date.isoformat() if person.birth_date else "",
            "phone": person.spoken_phone,
            "email": person.email,
            "referent": file.referent,
            "address": place.address if place else "",
            "place": f"{place.postcode} {place.city}".strip() if place else "",
        },
        "quarter": {
            "status": place.quarter_status if place else "",
            "code": place.quarter_code if place else "",
            "name": place.quarter_name if place else "",
            "vintage": place.vintage if place else None,
        },
        "answers": file.answers,
        "cohort": cohort.name,
        "operation": cohort.operation,
        "host": host_name,
        "city": city,
        "entered_on": file.entered_on.isoformat(),
        "eu": cohort.eu_funded,
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/entry_questionnaire.html prints, from the photograph alone."""
    entered_on = dt.date.fromisoformat(snapshot["entered_on"])
    born = snapshot["person"]["birth_date"]
    return {
        **{name: snapshot[name] for name in ("cohort", "operation", "host", "city", "eu")},
        "person": snapshot["person"],
        "birth_date": dt.date.fromisoformat(born) if born else None,
        "entered_on": entered_on,
        "quarter": _quarter(snapshot["quarter"]),
        "rows": [
            _row(one, snapshot["answers"].get(one.code, MISSING), entered_on) for one in QUESTIONS
        ],
        "issuer": {"name": snapshot["host"], "role": _("coopérative hôte"), "lines": []},
        "who": {"name": snapshot["person"]["name"], "lines": [snapshot["cohort"]]},
    }


def _row(one: Any, answer: str, day: dt.date) -> dict[str, Any]:
    """An answer in words, or what there is to tick by hand."""
    refusal = [_("Ne souhaite pas répondre")] if one.can_refuse else []
    boxes = [str(label) for _code, label in one.offered(day)] if one.kind == CHOICE else []
    return {
        "label": str(one.label),
        "words": one.spoken(answer),
        "boxes": [*boxes, *refusal] if answer == MISSING else [],
        "line": answer == MISSING and one.kind != CHOICE,
    }


def _quarter(found: Mapping[str, Any]) -> str:
    if not found["status"]:
        return ""
    vintage = _("millésime %d") % found["vintage"]
    if found["status"] == QuarterStatus.OUT:
        return f"{QuarterStatus.OUT.label} ({vintage})"
    return f"{found['name']}, {found['code']} ({vintage})"


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"questionnaire-entree-{slugify(snapshot['person']['name'])}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """The cohort and the day of entry. Nobody's name, nobody's answer."""
    day = clock.format_day(dt.date.fromisoformat(snapshot["entered_on"]))
    return [PublicFact(_("Coopérative"), snapshot["cohort"]), PublicFact(_("Entrée"), day)]


QUESTIONNAIRE = DocumentKind(
    code=KIND,
    label="Questionnaire d’entrée",
    template="pdf/entry_questionnaire.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR}),
    public_facts=public_facts,
    icon="papier",
)
