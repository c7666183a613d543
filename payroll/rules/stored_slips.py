"""A slip of the engine as JSON and back, digit for digit: it is stored, never derived again. Pure."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from payroll.engine.types import Line, Slip, Ytd


def slip_to_json(slip: Slip) -> dict[str, Any]:
    """Write every field; decimals as text with all their digits, dates in ISO."""
    written: dict[str, Any] = {
        field.name: _plain(getattr(slip, field.name))
        for field in fields(Slip)
        if field.name not in ("lines", "ytd_after")
    }
    written["lines"] = [
        {field.name: _plain(getattr(line, field.name)) for field in fields(Line)}
        for line in slip.lines
    ]
    written["ytd_after"] = ytd_to_json(slip.ytd_after)
    return written


def slip_from_json(written: dict[str, Any]) -> Slip:
    """Read back what `slip_to_json` wrote."""
    texts = ("params_hash", "profile_code", "engine_version")
    values: dict[str, Any] = {
        field.name: written[field.name] if field.name in texts else Decimal(written[field.name])
        for field in fields(Slip)
        if field.name not in ("lines", "ytd_after")
    }
    lines = tuple(_line(line) for line in written["lines"])
    return Slip(lines=lines, ytd_after=ytd_from_json(written["ytd_after"]), **values)


def ytd_to_json(ytd: Ytd) -> dict[str, str]:
    return {field.name: str(getattr(ytd, field.name)) for field in fields(Ytd)}


def ytd_from_json(written: dict[str, str]) -> Ytd:
    return Ytd(**{field.name: Decimal(written[field.name]) for field in fields(Ytd)})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _line(written: dict[str, Any]) -> Line:
    return Line(
        code=written["code"],
        side=written["side"],
        base=Decimal(written["base"]),
        rate=None if written["rate"] is None else Decimal(written["rate"]),
        amount=Decimal(written["amount"]),
        group=written["group"],
        label=written["label"],
        rule_date=date.fromisoformat(written["rule_date"]),
        source=written["source"],
    )
