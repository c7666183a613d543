"""Convocation: a letter that asks one person to come. What, when, where, what will be spoken of.

For people without a phone, and for whoever must show somewhere why they are away. It is not a proof
of presence (the sheet is), and threatens nobody.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.enums import ContractKind
from cohorts.models import Cohort, Enrolment
from cohorts.papers.parties import address_of, host_of, identity_of, person_of
from cohorts.rules.contract_kinds import is_employment
from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import civil_day, format_day
from documents.kinds import DocumentKind, PublicFact

KIND = "convocation"


def title() -> str:
    return _("Convocation")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What people are called to. `key` names it ("session:12"); `moments` are beginning and end of
    each part, `ends` empty when nobody knows; `replies` what who cannot come may do."""

    key: str
    what: str
    title: str
    place: str
    moments: tuple[tuple[dt.datetime, dt.datetime | None], ...]
    agenda: tuple[str, ...] = ()
    word: str = ""
    replies: str = ""
    # What this time is under the contract: "training", "work", or "" for an assembly, which is the
    # group's own and no order of anybody.
    time: str = ""

    @property
    def batch(self) -> str:
        return f"{KIND}:{self.key}"


def snapshot_of(
    *, cohort: Cohort, enrolment: Enrolment, occasion: Occasion, kind: str, day: dt.date
) -> dict[str, Any]:
    """Write down everything the letter prints. `kind` is that of the contract in force, or ""."""
    return {
        "person": person_of(enrolment.person),
        "host": host_of(cohort),
        "cohort": cohort.name,
        "what": occasion.what,
        "title": occasion.title,
        "place": occasion.place,
        "moments": [
            [starts.isoformat(), ends.isoformat() if ends else ""]
            for starts, ends in occasion.moments
        ],
        "agenda": list(occasion.agenda),
        "word": occasion.word,
        "replies": occasion.replies,
        "law": law_of(kind, occasion.time),
        "as_of": day.isoformat(),
        "eu": cohort.eu_funded,
    }


def law_of(kind: str, time: str) -> str:
    """The sentence the contract asks for, in its own vocabulary: a CAPE is never told in words of
    employment. Source: C. com. L127-1 and R127-1; C. trav. L3121-1 and L6321-2."""
    if not time or not kind:
        return ""
    if kind == ContractKind.CAPE:
        return _(
            "Cette séance fait partie du programme de préparation de votre contrat d’appui (articles "
            "L127-1 et R127-1 du Code de commerce). Le contrat d’appui n’est pas un contrat de travail."
        )
    if not is_employment(kind):
        return ""
    if time == "training":
        return _(
            "Le temps de formation que demande l’employeur est du temps de travail, payé (article "
            "L6321-2 du Code du travail)."
        )
    return _("Ce temps est du temps de travail effectif (article L3121-1 du Code du travail).")


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/convocation.html prints, from the photograph alone."""
    host = snapshot["host"]
    names = ("cohort", "what", "title", "place", "agenda", "word", "replies", "law", "eu")
    return {
        **{key: snapshot[key] for key in names},
        "person": snapshot["person"]["name"],
        "host": host,
        "moments": [(_instant(starts), _instant(ends)) for starts, ends in snapshot["moments"]],
        "as_of": dt.date.fromisoformat(snapshot["as_of"]),
        "issuer": {
            "name": host["name"],
            "role": _("coopérative hôte"),
            "lines": identity_of(host),
        },
        "who": {"name": snapshot["person"]["name"], "lines": address_of(snapshot["person"])},
    }


def _instant(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _first_day(snapshot: Mapping[str, Any]) -> dt.date:
    return civil_day(dt.datetime.fromisoformat(snapshot["moments"][0][0]))


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"convocation-{slugify(snapshot['person']['name'])}-{_first_day(snapshot)}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """The cooperative and the day. Nobody's name, no place: where people will be is theirs."""
    return [
        PublicFact(_("Coopérative"), snapshot["cohort"]),
        PublicFact(_("Jour"), format_day(_first_day(snapshot))),
    ]


CONVOCATION = DocumentKind(
    code=KIND,
    label="Convocation",
    template="pdf/convocation.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR}),
    public_facts=public_facts,
    icon="lettre",
)
