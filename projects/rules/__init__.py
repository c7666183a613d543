"""Arithmetic and judgement of the work and money of projects. Pure: no Django, no clock, no I/O."""

from projects.rules.spending import Cost, cost_of, rate_of, too_much_vat
from projects.rules.totals import (
    Line,
    RateTotal,
    Totals,
    amount_before_vat,
    line_amount,
    totals_of_lines,
)
from projects.rules.vat import (
    VAT_RATES,
    NoRate,
    RateDecision,
    VatRate,
    vat_percent,
    vat_rates_on,
    ways_of,
)
from projects.rules.work import (
    DAY_MINUTES,
    DAY_WARNING_MINUTES,
    WEEK_WARNING_MINUTES,
    Overwork,
    closing_batch,
    days_of_week,
    monday_of,
    mondays_between,
    nearest_day,
    overwork,
    sunday_of,
)

__all__ = [
    "DAY_MINUTES",
    "DAY_WARNING_MINUTES",
    "VAT_RATES",
    "WEEK_WARNING_MINUTES",
    "Cost",
    "Line",
    "NoRate",
    "Overwork",
    "RateDecision",
    "RateTotal",
    "Totals",
    "VatRate",
    "amount_before_vat",
    "closing_batch",
    "cost_of",
    "days_of_week",
    "line_amount",
    "monday_of",
    "mondays_between",
    "nearest_day",
    "overwork",
    "rate_of",
    "sunday_of",
    "too_much_vat",
    "totals_of_lines",
    "vat_percent",
    "vat_rates_on",
    "ways_of",
]
