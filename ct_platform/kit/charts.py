"""Charts drawn on the server: one set of numbers makes the SVG and the table beside it.

Pure: values in, geometry out. Coordinates leave as text with a dot, because a localised template
would write a comma into the SVG. Bars start at zero; text is never under 14 units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar
from zlib import crc32

from ct_platform.kit.trades import trade

INK, PLUM, MIMOSA, GREY = "#2a1b2e", "#4b1f52", "#f6c445", "#7d6f80"
# Worst to best, orange to violet, told apart by colour-blind readers.
GRADES = (
    ("#8f4700", "#fff"),
    ("#e8a85a", INK),
    ("#f3e7c8", INK),
    ("#bfaed6", INK),
    ("#4b1f52", "#fff"),
)
NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
RUNG_FILLS = {"share": MIMOSA, "cost": "#b58bbb", "gross": "#8d5a95", "net": PLUM}
LETTER_MIN_HEIGHT = 18


def at(number: float) -> str:
    """Write a coordinate: a dot, at most one decimal, no trailing zero."""
    return f"{number:.1f}".removesuffix(".0")


def figure(value: Decimal | int, places: int = 0) -> str:
    """Write a number the French way, rounded half up: 9 412 or 5,3."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def ceiling(value: float) -> float:
    """Round up to a number easy to read (1, 1.5, 2… × a power of ten). Zero or less gives 1."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 0.1
    return next(step * power for step in NICE if step * power >= value - 1e-9)


def key_for(title: str) -> str:
    """Make the id that ties a drawing to its title; titles differ within a page."""
    return f"g{crc32(title.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. `value` None is a masked cell: hatched, with the word, never a zero."""

    label: str
    value: Decimal | int | None
    text: str
    note: str = ""
    trade: str = ""
    fill: str = PLUM


@dataclass(frozen=True, slots=True)
class BarRow:
    bar: Bar
    width: str  # of 200
    fill: str


@dataclass(frozen=True, slots=True)
class BarsChart:
    template: ClassVar[str] = "components/chart_bars.html"
    title: str
    label_heading: str
    value_heading: str
    note_heading: str
    rows: tuple[BarRow, ...]
    total: tuple[str, str, str] | None


def bars(
    *,
    title: str,
    rows: Sequence[Bar],
    label_heading: str,
    value_heading: str,
    note_heading: str = "",
    total: tuple[str, str, str] | None = None,
    whole: Decimal | int | None = None,
) -> BarsChart:
    """Draw one bar per row. `whole` is the value of a full bar; by default a round number above.

    `total` is (label, text, note), written in the foot of the table.
    """
    greatest = max((float(row.value) for row in rows if row.value is not None), default=0.0)
    full = float(whole) if whole else ceiling(greatest)
    drawn = tuple(
        BarRow(
            bar=row,
            # Below zero (credit notes above the sales of a month) there is no bar, only its figure.
            width=at(max(200 * float(row.value or 0) / full, 0.0)),
            fill=trade(row.trade).fill if row.trade else row.fill,
        )
        for row in rows
    )
    return BarsChart(title, label_heading, value_heading, note_heading, drawn, total)


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    letter: str
    fill: str
    values: tuple[Decimal | int, ...]
    trade: str = ""


def trade_series(code: str, values: Sequence[Decimal | int]) -> Series:
    """Make the series of a trade, in its colour and with its letter."""
    one = trade(code)
    return Series(str(one.label), one.letter, one.fill, tuple(values), trade=code)


@dataclass(frozen=True, slots=True)
class Segment:
    x: str
    y: str
    height: str
    fill: str
    letter: str
    letter_y: str


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    middle: str
    segments: tuple[Segment, ...]
    total: str
    total_y: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnsChart:
    template: ClassVar[str] = "components/chart_columns.html"
    key: str
    title: str
    unit: str
    heading: str
    width: str  # of one column
    lines: tuple[tuple[str, str, str], ...]  # y, y of the text, text
    columns: tuple[Column, ...]
    series: tuple[Series, ...]


PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM, PLOT_GAP = 44.0, 556.0, 24.0, 184.0, 1.5


def stacked_columns(
    *,
    title: str,
    heading: str,
    columns: Sequence[str],
    series: Sequence[Series],
    unit: str = "",
    places: int = 0,
) -> ColumnsChart:
    """Stack the series in one column per label, with the total on top and three grid lines.

    Values are not negative. Raises ValueError when a series has not one value per column.
    """
    if any(len(one.values) != len(columns) for one in series):
        raise ValueError("each series needs one value per column")
    totals = [
        sum((Decimal(one.values[i]) for one in series), Decimal(0)) for i in range(len(columns))
    ]
    step = ceiling(float(max(totals, default=Decimal(0))) / 3)
    scale = (PLOT_BOTTOM - PLOT_TOP) / (3 * step)
    pitch = (PLOT_RIGHT - PLOT_LEFT) / max(len(columns), 1)
    width = min(46.0, pitch * 0.64)
    drawn = []
    for index, label in enumerate(columns):
        middle = PLOT_LEFT + pitch * (index + 0.5)
        floor, segments = PLOT_BOTTOM, []
        for one in series:
            height = float(one.values[index]) * scale
            if height <= 0:
                continue
            top = floor - height
            letter = one.letter if height > LETTER_MIN_HEIGHT else ""
            painted = max(height - PLOT_GAP, 0.5)
            segments.append(
                Segment(
                    at(middle - width / 2),
                    at(top),
                    at(painted),
                    one.fill,
                    letter,
                    at(top + painted / 2 + 5),
                )
            )
            floor = top
        cells = tuple(figure(one.values[index], places) for one in series)
        total = figure(totals[index], places)
        drawn.append(Column(label, at(middle), tuple(segments), total, at(floor - 6), cells))
    decimals = 0 if step == int(step) else 1
    lines = tuple(
        (at(y), at(y + 5), figure(Decimal(str(step * i)), decimals if i else 0))
        for i in range(4)
        for y in (PLOT_BOTTOM - scale * step * i,)
    )
    return ColumnsChart(
        key_for(title), title, unit, heading, at(width), lines, tuple(drawn), tuple(series)
    )


@dataclass(frozen=True, slots=True)
class DotsChart:
    template: ClassVar[str] = "components/chart_dots.html"
    key: str
    title: str
    dots: tuple[str, ...]
    own: str  # the reader's own circle, drawn last; empty when nobody in particular reads
    fill: str


def dots(
    *,
    title: str,
    values: Sequence[Decimal],
    low: Decimal,
    high: Decimal,
    own: int | None = None,
    adopted: bool = True,
) -> DotsChart:
    """Place one circle per person between `low` and `high`, which several charts may share."""
    span = float(high - low) or 1.0
    places = [at(10 + 150 * float(value - low) / span) for value in values]
    mine = places.pop(own) if own is not None else ""
    return DotsChart(key_for(title), title, tuple(places), mine, PLUM if adopted else GREY)


@dataclass(frozen=True, slots=True)
class SquaresChart:
    template: ClassVar[str] = "components/chart_squares.html"
    key: str
    title: str
    width: str
    squares: tuple[tuple[str, str], ...]  # x, "own" | "full" | "rest"


def squares(
    *, title: str, count: int, own: int | None = None, filled: int | None = None
) -> SquaresChart:
    """Draw one square per person: `filled` of them dark, and the reader's own in mimosa."""
    pitch = 300 / max(count, 15)
    drawn = tuple(
        (
            at(1 + pitch * i),
            "own" if i == own else "full" if filled is not None and i < filled else "rest",
        )
        for i in range(count)
    )
    return SquaresChart(key_for(title), title, at(pitch - 2), drawn)


@dataclass(frozen=True, slots=True)
class GradesChart:
    template: ClassVar[str] = "components/chart_grades.html"
    key: str
    title: str
    segments: tuple[tuple[str, str, str, str, str, str], ...]  # x, width, fill, ink, count, middle


def grades(*, title: str, counts: Sequence[int]) -> GradesChart:
    """Draw the grades of one proposal, worst to best; the black line marks the median."""
    whole, x, segments = sum(counts) or 1, 0.0, []
    for (fill, ink), count in zip(GRADES, counts, strict=True):
        width = 300 * count / whole
        if count:
            text = str(count) if width >= 14 else ""
            middle = x + (width - 1.5) / 2
            if abs(middle - 150) < 8:  # the median line would cross the figure
                middle = 139 if width > 40 else 160
            segments.append((at(x), at(width - 1.5), fill, ink, text, at(middle)))
        x += width
    return GradesChart(key_for(title), title, tuple(segments))


def track(value: Decimal, of: Decimal) -> str:
    """Give the width, of 300, of a bar that shows `value` out of `of`; never beyond the end."""
    return at(300 * min(max(float(value / of), 0.0), 1.0)) if of else "0"


@dataclass(frozen=True, slots=True)
class StepsChart:
    """Moments in their order, a column each; a moment without an answer keeps its empty place."""

    template: ClassVar[str] = "components/chart_steps.html"
    key: str
    title: str
    columns: tuple[tuple[str, str, str], ...]  # x, y, height; height "0": nothing said


STEP_WIDTH, STEP_PITCH, STEP_BASE = 22, 32, 44


def steps(*, title: str, heights: Sequence[int], of: int) -> StepsChart:
    """Draw one column per moment, `of` being the full height. Heights are 0 (nothing) to `of`."""
    unit = (STEP_BASE - 4) / of
    drawn = tuple(
        (at(index * STEP_PITCH), at(STEP_BASE - height * unit), at(height * unit))
        for index, height in enumerate(heights)
    )
    return StepsChart(key_for(title), title, drawn)
