"""The frise of a cohort: overlapping phases in lanes, milestones, and the line of today. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from ct_platform.kit.charts import INK, MIMOSA, PLUM, at, key_for
from ct_platform.kit.trades import trade

WIDTH, LANE, MONTHS_BASE, LANES_TOP = 1160.0, 35.0, 44.0, 54.0
XOf = Callable[[date], float]
LETTER = 8.4  # mean width of a bold letter at 15 units; labels are measured, never cut by the box
TONES = {
    "integration": (MIMOSA, INK),
    "building": ("#e3cfe6", INK),
    "training": ("#c9a3cf", INK),
    "activity": ("#fff", INK),
    "closing": (PLUM, "#fff"),
}


@dataclass(frozen=True, slots=True)
class Phase:
    """Dates are inclusive. `tone` is a key of TONES; `trades` draws one thread per trade code."""

    label: str
    starts_on: date
    ends_on: date
    tone: str = "building"
    trades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    label: str
    on: date


@dataclass(frozen=True, slots=True)
class PhaseBox:
    phase: Phase
    x: str
    y: str
    width: str
    fill: str
    ink: str
    outlined: bool
    text: str
    text_x: str
    text_y: str
    threads: tuple[tuple[str, str, str, str], ...]  # x, y, width, fill


@dataclass(frozen=True, slots=True)
class MilestoneMark:
    milestone: Milestone
    x: str
    y: str
    text_x: str
    text_y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    template: ClassVar[str] = "components/chart_timeline.html"
    key: str
    title: str
    height: str
    floor: str
    months: tuple[tuple[str, str, date | None], ...]  # x of the line, x of the text, its month
    phases: tuple[PhaseBox, ...]
    milestones: tuple[MilestoneMark, ...]
    today: date | None
    today_x: str
    pill_x: str
    pill_text_x: str


def timeline(
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    today: date,
    phases: Sequence[Phase],
    milestones: Sequence[Milestone] = (),
) -> Timeline:
    """Lay out a cohort from its first to its last day, both included.

    A phase takes the first lane where it overlaps nothing. Today's line is drawn only inside.
    Raises ValueError when the cohort ends before it starts.
    """
    days = (ends_on - starts_on).days + 1
    if days < 1:
        raise ValueError("a timeline ends after it starts")

    def x_of(day: date) -> float:
        return WIDTH * min(max((day - starts_on).days, 0), days) / days

    ordered = sorted(phases, key=lambda phase: (phase.starts_on, phase.ends_on))
    lanes = _lanes((x_of(p.starts_on), x_of(p.ends_on + timedelta(days=1))) for p in ordered)
    boxes = tuple(
        _box(phase, lane, x_of(phase.starts_on), x_of(phase.ends_on + timedelta(days=1)))
        for phase, lane in zip(ordered, lanes, strict=True)
    )
    floor = LANES_TOP + LANE * (max(lanes, default=0) + 1) + 4
    marks, rows = _marks(sorted(milestones, key=lambda one: one.on), x_of, floor)
    inside = starts_on <= today <= ends_on
    now_x = x_of(today)
    pill = min(max(now_x - 54, 0), WIDTH - 108)
    return Timeline(
        key=key_for(title),
        title=title,
        height=at(floor + 26 * rows + 4),
        floor=at(floor),
        months=_months(starts_on, ends_on, x_of),
        phases=boxes,
        milestones=marks,
        today=today if inside else None,
        today_x=at(now_x),
        pill_x=at(pill),
        pill_text_x=at(pill + 54),
    )


def _lanes(extents: Iterable[tuple[float, float]]) -> list[int]:
    """Give each extent, in order of start, the first lane that is free from there on."""
    ends: list[float] = []
    lanes = []
    for start, end in extents:
        lane = next((i for i, busy in enumerate(ends) if busy <= start + 0.01), len(ends))
        ends[lane : lane + 1] = [end]
        lanes.append(lane)
    return lanes


def _box(phase: Phase, lane: int, left: float, right: float) -> PhaseBox:
    fill, ink = TONES[phase.tone]
    top, width = LANES_TOP + LANE * lane, right - left
    text = _fitted(phase.label, width - 16)
    inset = 12.0 if len(text) == len(phase.label) else 8.0
    thread_x = left + inset + len(text) * LETTER + 12
    threads = tuple(
        (at(thread_x), at(top + 4.5 + 8 * i), at(right - 8 - thread_x), trade(code).fill)
        for i, code in enumerate(phase.trades[:3])
        if right - 8 > thread_x
    )
    return PhaseBox(
        phase,
        at(left),
        at(top),
        at(width),
        fill,
        ink,
        fill == "#fff",
        text,
        at(left + inset),
        at(top + 20),
        threads,
    )


def _fitted(label: str, width: float) -> str:
    """Shorten a label to the room it has; under four letters, say nothing: the table says it."""
    room = int(width / LETTER)
    if len(label) <= room:
        return label
    return f"{label[: room - 1].rstrip()}." if room >= 4 else ""


def _months(starts_on: date, ends_on: date, x_of: XOf) -> tuple[tuple[str, str, date | None], ...]:
    firsts = [starts_on]
    while (following := (firsts[-1].replace(day=1) + timedelta(days=32)).replace(day=1)) <= ends_on:
        firsts.append(following)
    places = [x_of(day) for day in firsts]
    return tuple(
        (at(x), at(x + 6), day if end - x >= 90 else None)
        for day, x, end in zip(firsts, places, [*places[1:], WIDTH], strict=True)
    )


def _marks(
    milestones: Sequence[Milestone], x_of: XOf, floor: float
) -> tuple[tuple[MilestoneMark, ...], int]:
    """Put each milestone on the first row where its words meet no other; at the edge, turned."""
    placed = []
    for one in milestones:
        x, wide = x_of(one.on), len(one.label) * LETTER + 14
        turned = x + 8 + wide > WIDTH
        placed.append(
            (one, x, turned, (x - 8 - wide, x + 12) if turned else (x - 12, x + 8 + wide))
        )
    rows = _lanes(extent for *_, extent in placed)
    marks = tuple(
        MilestoneMark(
            one,
            at(min(max(x, 9), WIDTH - 9)),
            at(floor + 14 + 26 * row),
            at(x - 14 if turned else x + 14),
            at(floor + 19 + 26 * row),
            "end" if turned else "start",
        )
        for (one, x, turned, _), row in zip(placed, rows, strict=True)
    )
    return marks, max(rows, default=-1) + 1
