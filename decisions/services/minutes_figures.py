"""The figures of a vote as its minutes print them: those of the results page, in tables of words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.charts import BarsChart
from decisions.enums import Method
from decisions.models import Outcome, Poll
from decisions.selectors.telling import tell
from decisions.selectors.told import Judgment

Table = dict[str, list[Any]]
# Their figures are one number an answer; the other methods print a table of their own.
BY_ANSWER = (Method.MAJORITY, Method.CONSENT, Method.CHOICE, Method.APPROVAL)


@dataclass(frozen=True, slots=True)
class InMinutes:
    """`figures`: [words, number]. `table`: heads, rows, foot. All empty where publication keeps them."""

    said: str  # what came out, and why
    figures: list[list[Any]]
    ranking: list[str]
    table: Table | None


def told_in_minutes(poll: Poll, outcome: Outcome) -> InMinutes:
    """One query. What a secret result may not show was never written in its tally."""
    options = list(poll.options.all())
    told = tell(outcome, poll, options)
    labels = {option.code: option.label for option in options}
    by_answer = poll.method in BY_ANSWER
    return InMinutes(
        said=f"{told.headline} {told.why}".strip(),
        figures=_by_answer(outcome.tally, labels) if by_answer else [],
        ranking=list(told.ranking),
        table=None if by_answer else _table(told.judged, told.chart),
    )


def _by_answer(tally: Mapping[str, Any], labels: Mapping[str, str]) -> list[list[Any]]:
    detail = tally.get("detail")
    if detail is None:
        return []
    blank = [[_("Blanc"), tally.get("blank", 0)]]
    match tally["method"]:
        case Method.MAJORITY:
            words = {"for": _("Pour"), "against": _("Contre"), "abstain": _("Abstention")}
            return [[said, detail[code]] for code, said in words.items()] + blank
        case Method.CONSENT:
            words = {
                "consent": _("Consentement"),
                "concern": _("Réserve"),
                "open_objections": _("Objection qui reste"),
                "abstain": _("Abstention"),
            }
            rows = [[said, detail[code]] for code, said in words.items() if code in detail]
            return rows + blank
        case Method.CHOICE:
            return [[labels[code], number] for code, number in detail["votes"].items()] + blank
        case _:
            return [[labels[code], number] for code, number in detail["approvals"].items()] + blank


def _table(judged: Judgment | None, chart: BarsChart | None) -> Table | None:
    if judged is not None:
        return _grades(judged)
    if chart is None:
        return None
    rows = [[row.bar.label, row.bar.text] for row in chart.rows]
    foot = list(chart.total[:2]) if chart.total else []
    return {"heads": [chart.label_heading, chart.value_heading], "rows": rows, "foot": foot}


def _grades(judged: Judgment) -> Table:
    words = [word for word, _fill in judged.keys]
    return {
        "heads": [_("Réponse"), *words, _("Au milieu")],
        "rows": [[one.label, *one.counts, one.median or "–"] for one in judged.rows],
        "foot": [],
    }
