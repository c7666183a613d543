"""The kit of a cohort, each item with the names it would give away."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from cohorts import starter_kit
from cohorts.models import Application, Cohort, CoordinatorSeat, Enrolment, HostSeat, SessionTrainer
from cohorts.rules.starter_kits import named_in, texts_in
from cohorts.seats import coordinators_of
from cohorts.starter_kit import FORMAT, Kit, Part
from ct_platform.kit.actor import Actor, Seat
from ct_platform.kit.errors import Refused

LARGEST = 1_000_000  # bytes of a kit
MOST_ITEMS = 300  # of one part


@dataclass(frozen=True, slots=True)
class Line:
    """One item to take or to leave. `names`: people of the source that its text names."""

    key: str
    said: str
    names: tuple[str, ...]
    item: dict[str, Any]

    @property
    def names_somebody(self) -> bool:
        return bool(self.names)


@dataclass(frozen=True, slots=True)
class Section:
    part: Part
    lines: tuple[Line, ...]


def kit_lines(cohort: Cohort) -> list[Section]:
    """Every item of every part, with the people it names. Fourteen queries at most."""
    names = names_around(cohort)
    sections = []
    for part in starter_kit.all_parts():
        lines = []
        for place, item in enumerate(part.read(cohort)):
            if part.code == "frame" and named_in(item["pitch"], names):
                item["pitch"] = ""  # the length and the places are wanted all the same
            found = tuple(named_in(" ".join(texts_in(item)), names))
            lines.append(Line(f"{part.code}:{place}", part.say(item), found, item))
        sections.append(Section(part, tuple(lines)))
    return sections


def names_around(cohort: Cohort) -> list[str]:
    """First, used and last names of everybody the cohort knows: members, candidates, staff, trainers."""
    text = CharField()
    names = ("first_name", "used_name", "last_name")

    def of_people(rows: Any) -> Any:
        asked = {f"n_{name}": Cast(F(f"person__{name}"), text) for name in names}
        return rows.order_by().annotate(**asked).values_list(*asked)

    def written(rows: Any, first: str, last: Any) -> Any:
        asked = {
            "n_first_name": Cast(F(first), text),
            "n_used_name": Value("", text),
            "n_last_name": last,
        }
        return rows.order_by().annotate(**asked).values_list(*asked)

    trainers = SessionTrainer.objects.of_cohort(cohort.pk)
    candidates = Application.objects.of_cohort(cohort.pk)
    rows = of_people(Enrolment.objects.of_cohort(cohort.pk)).union(
        of_people(CoordinatorSeat.objects.filter(territory_id=cohort.territory_id)),
        of_people(HostSeat.objects.filter(organisation_id=cohort.host_id)),
        written(candidates, "first_name", Cast(F("last_name"), text)),
        written(trainers, "name", Value("", text)),
    )
    names_found = {name for row in rows for name in row if name}
    # A trainer's name is one text: its words count one by one too, but for particles ("de", "la").
    words = {word for name in names_found for word in name.split() if len(word) > 3}
    return sorted(names_found | words)


def trades_in(sections: Iterable[Section]) -> list[str]:
    """The trades of the activities just read: the frame of the page weaves them."""
    return [
        line.item["trade"] for one in sections if one.part.code == "projects" for line in one.lines
    ]


def chosen_kit(sections: Iterable[Section], keys: Collection[str]) -> Kit:
    """What was ticked."""
    return Kit({one.part.code: [ln.item for ln in one.lines if ln.key in keys] for one in sections})


def nameless_kit(sections: Iterable[Section]) -> Kit:
    """What may leave for another network: nothing that names somebody, whatever was ticked."""
    return Kit(
        {
            one.part.code: [line.item for line in one.lines if not line.names_somebody]
            for one in sections
        }
    )


def write_kit(kit: Kit) -> bytes:
    """The file, the same for the same kit."""
    body = {"format": FORMAT, "parts": {code: list(items) for code, items in kit.parts.items()}}
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def read_kit(content: bytes) -> Kit:
    """Read a file. Raises Refused with one sentence: too large, not JSON, another format, a wrong item."""
    if len(content) > LARGEST:
        raise Refused(_("Ce fichier est trop gros pour être un kit de démarrage."), field="file")
    try:
        body = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused(
            _("Ce fichier ne se lit pas : ce n’est pas du JSON."), field="file"
        ) from error
    if not isinstance(body, dict) or "format" not in body:
        raise Refused(_("Ce fichier n’est pas un kit de démarrage."), field="file")
    if body["format"] != FORMAT:
        raise Refused(
            _("Ce kit est d’une autre version (%(found)s) : cette plateforme lit %(ours)s.")
            % {"found": str(body["format"])[:40], "ours": FORMAT},
            field="file",
        )
    parts = body.get("parts")
    if not isinstance(parts, dict):
        raise Refused(_("Ce kit ne contient rien."), field="file")
    return Kit({str(code): _items(str(code), found) for code, found in parts.items()})


def _items(code: str, found: Any) -> list[dict[str, Any]]:
    part = starter_kit.find(code)
    if part is None:
        raise Refused(_("Ce kit a une partie inconnue : « %s ».") % code[:40], field="file")
    if not isinstance(found, list) or len(found) > MOST_ITEMS:
        raise Refused(
            _("La partie « %s » du kit est illisible, ou trop longue.") % part.title, field="file"
        )
    for item in found:
        sentence = part.fault(item) if isinstance(item, dict) else _("Une ligne est illisible.")
        if sentence:
            raise Refused(f"{part.title} : {sentence}", field="file")
    return found


def coordinator_seats(actor: Actor, day: Any) -> list[Seat]:
    """The territories this person coordinates, their present seat first."""
    return sorted(
        coordinators_of(actor.person_id, None, day), key=lambda one: one.key != actor.seat.key
    )
