"""An import before it is confirmed: who each row would be, within what the reader may see."""

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.importing.rows import Problem, ReadFile, Row
from cohorts.importing.twins import earlier_twins, identity_of
from cohorts.models import Cohort, Enrolment, EnrolmentImport
from cohorts.selectors.people import Badge, shown_phone
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_day
from members.models import Person
from members.rules import Likeness
from members.selectors import LIKENESS_WORDS, Match, likely_same_persons

NEW = "new"  # the row is somebody we do not know yet
# Only this likeness is taken without asking: a wrong merge shows one person's pay to another, while
# a person written twice can still be merged later.
SURE = Likeness.SAME_NAME_AND_BIRTH


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to "who is this row?". `value` is what the form sends back."""

    value: str
    label: str
    person_id: int | None = None  # a person we know
    is_enrolled: bool = False  # already in this cohort: choosing them passes the row over
    is_row: bool = False  # another row of the same file


@dataclass(frozen=True, slots=True)
class PreviewRow:
    row: Row
    offers: tuple[Offer, ...] = ()
    default: str = NEW

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def field_name(self) -> str:
        return f"row-{self.number}"

    @property
    def has_errors(self) -> bool:
        return bool(self.row.errors)

    def offer(self, value: str) -> Offer | None:
        """The offer of that value; None for NEW, LookupError for what was never offered."""
        if value == NEW:
            return None
        for offer in self.offers:
            if offer.value == value:
                return offer
        raise LookupError(value)

    @property
    def state(self) -> str:
        """error, known, already, twin or new: what happens to the row as it stands."""
        if self.has_errors:
            return "error"
        offer = self.offer(self.default)
        if offer is None:
            return NEW
        if offer.is_row:
            return "twin"
        return "already" if offer.is_enrolled else "known"

    @property
    def rank(self) -> tuple[int, int]:
        """Errors first, then what is to be decided, then warnings, then the rest."""
        place = 0 if self.has_errors else 1 if self.offers else 2 if self.row.warnings else 3
        return place, self.number


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the table of people shows it; a faulty cell as it was written."""

    number: int
    name: str
    born: str
    phone: str
    email: str
    activity: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything the preview page says. `seen` changes when what would happen has changed."""

    rows: tuple[PreviewRow, ...]
    notes: tuple[str, ...]
    seen: str
    enrolled_count: int
    seats: int

    @property
    def errors(self) -> list[Problem]:
        return [problem for one in self.rows for problem in one.row.errors]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for one in self.rows for problem in one.row.warnings]

    @property
    def lines(self) -> list[Line]:
        return [_line(one) for one in self.rows]

    @property
    def to_decide(self) -> list[PreviewRow]:
        return [one for one in self.rows if one.offers and not one.has_errors]

    @property
    def entering_count(self) -> int:
        """How many would enter as things stand."""
        return sum(one.state in (NEW, "known") for one in self.rows)

    @property
    def passed_over(self) -> list[PreviewRow]:
        return [one for one in self.rows if one.state in ("already", "twin")]

    @property
    def faulty_count(self) -> int:
        return sum(one.has_errors for one in self.rows)

    @property
    def can_confirm(self) -> bool:
        return not self.errors

    @property
    def total_after(self) -> int:
        return self.enrolled_count + self.entering_count

    @property
    def is_crowded(self) -> bool:
        return self.total_after > self.seats


def preview_of(enrolment_import: EnrolmentImport, cohort: Cohort, actor: Actor) -> Preview:
    """Match every good row with the file itself and with persons in sight. Costs three queries."""
    read = ReadFile.from_json(enrolment_import.rows)
    good = [row for row in read.rows if not row.errors]
    enrolled = dict(Enrolment.objects.of_cohort(cohort.pk).values_list("person_id", "state"))
    twins = earlier_twins(good)
    found = likely_same_persons(
        identities=[identity_of(row) for row in good], among=Person.objects.visible_to(actor)
    )
    matches = {row.number: some for row, some in zip(good, found, strict=True)}
    rows = sorted(
        (
            _preview_row(row, matches.get(row.number, []), twins.get(row.number), enrolled)
            for row in read.rows
        ),
        key=lambda one: one.rank,
    )
    active = sum(state == EnrolmentState.ACTIVE for state in enrolled.values())
    return Preview(tuple(rows), tuple(read.notes), _fingerprint(rows), active, cohort.seats)


def _preview_row(
    row: Row,
    matches: list[Match],
    twin: tuple[Row, Likeness] | None,
    enrolled: dict[int, str],
) -> PreviewRow:
    offers = [_person_offer(match, enrolled) for match in matches]
    sure = [
        offer.value for match, offer in zip(matches, offers, strict=True) if match.likeness is SURE
    ]
    if twin is not None:
        offer = _row_offer(*twin)
        offers.insert(0, offer)
        if twin[1] is SURE:
            sure.insert(0, offer.value)
    return PreviewRow(row, tuple(offers), sure[0] if sure else NEW)


def _row_offer(other: Row, likeness: Likeness) -> Offer:
    label = _("La même que la ligne %(row)d, %(name)s (%(why)s) : elle entre une seule fois") % {
        "row": other.number,
        "name": other.name,
        "why": LIKENESS_WORDS[likeness],
    }
    return Offer(f"row:{other.number}", label, is_row=True)


def _person_offer(match: Match, enrolled: dict[int, str]) -> Offer:
    person, state = match.person, enrolled.get(match.person.pk)
    words = [person.civil_name]
    if person.birth_date:
        words.append(_("né·e le %(day)s") % {"day": format_day(person.birth_date)})
    if state == EnrolmentState.LEFT:
        words.append(_("déjà passé·e dans cette coopérative"))
    elif state is not None:
        words.append(_("déjà dans cette coopérative"))
    label = _("La même personne : %(who)s (%(why)s)") % {
        "who": ", ".join(words),
        "why": match.words,
    }
    return Offer(f"person:{person.pk}", label, person_id=person.pk, is_enrolled=state is not None)


def _fingerprint(rows: Iterable[PreviewRow]) -> str:
    told = "|".join(
        f"{one.number}:{one.default}:"
        + ",".join(f"{offer.value}{'*' if offer.is_enrolled else ''}" for offer in one.offers)
        for one in rows
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _line(one: PreviewRow) -> Line:
    row = one.row
    born = row.text("birth_date")
    with contextlib.suppress(ValueError):
        born = f"{dt.date.fromisoformat(born):%d/%m/%Y}"
    return Line(
        number=one.number,
        name=row.name,
        born=born,
        phone=shown_phone(row.text("phone")),
        email=row.text("email"),
        activity=row.text("activity"),
        badge=_badge(one),
    )


def _badge(one: PreviewRow) -> Badge:
    match one.state:
        case "error":
            return Badge("bad", "alerte", _("À corriger"))
        case "already":
            return Badge("wait", "ok", _("Déjà là, passée"))
        case "twin":
            return Badge("wait", "ok", _("Ligne en double, passée"))
        case "known":
            return Badge("ok", "personne", _("Déjà connue"))
        case _ if one.offers:
            return Badge("warn", "alerte", _("À vérifier"))
    return Badge("ok", "plus", _("Nouvelle"))
