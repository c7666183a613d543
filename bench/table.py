"""Printing a table of measures, with the hardware they were taken on."""

import datetime as dt
import os
import platform
import statistics


def machine() -> str:
    cpu = platform.processor() or platform.machine()
    return f"{dt.date.today():%Y-%m-%d} · {os.cpu_count()} cores {cpu} · Python {platform.python_version()}"  # noqa: DTZ011


def show(title: str, rows: list[list[str]], header: list[str]) -> None:
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    print(f"\n{title}\n{machine()}\n")
    for row in [header, ["-" * w for w in widths], *rows]:
        print("  ".join(str(cell).ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip())


def middle(values: list[float]) -> float:
    return statistics.median(values)
