"""Milliseconds a page, warm, as tagged PDF/A-3a: every kind of paper the demo issued, and its memory.

python -m bench.pdf [--rounds 40] [--kind payslip]. Rounds are interleaved; the minimum is the figure
to compare (the machine does other things too).
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.table import middle, show

if TYPE_CHECKING:
    from documents.models import Document

os.environ.setdefault("CT_DATA", tempfile.mkdtemp(prefix="ct-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ct_platform.settings.demo")
# Kind → target in milliseconds a paper (alarm at 1.3 ×). The attestation carries facts, hours, QR and
# EU emblem, tagged: about half a slip. An invoice carries its Factur-X, made and checked each time.
TARGETS = {
    "payslip": 135,
    "hours_statement": 135,
    "participation": 75,
    "report": 400,
    "report of ten pages": 500,
    "invoice": 250,
    "credit_note": 250,
}


def sample_papers() -> dict[str, Callable[[], bytes]]:
    """One real paper of each kind, from the database of CT_DATA: the demo is loaded when it is empty."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from documents.models import Document

    if not Document.objects.exists():
        call_command("demo", load_only=True)
    from documents.services.render import draw

    papers = {}
    for kind in sorted(set(Document.objects.values_list("kind", flat=True))):
        document = Document.objects.filter(kind=kind).latest("pk")
        papers[kind] = lambda document=document: draw(document)
    papers["report of ten pages"] = ten_pages(Document.objects.filter(kind="report").latest("pk"))
    return papers


def ten_pages(document: "Document") -> Callable[[], bytes]:
    """The report of a long cohort: two years of sales by three trades, and many words beside them."""
    from documents.services.render import frame_of, render_transient
    from reports.papers import context

    months = [f"{2025 + n // 12}-{n % 12 + 1:02d}-01" for n in range(24)]
    trades = ("cuisine", "fleuriste", "maraichage")
    sales = [{"code": code, "amounts": ["1210.50"] * len(months)} for code in trades]
    figures = document.snapshot["figures"] | {"sales": {"months": months, "trades": sales}}
    words = [
        [f"Partie {n}", "Un mois de marché, de cuisine et de jardin. " * 22] for n in range(22)
    ]
    photograph = document.snapshot | {"figures": figures, "comments": words}
    page = {**context(photograph), **frame_of(photograph)}
    return lambda: render_transient("pdf/report.html", page)


def resident_mib() -> float:
    with open("/proc/self/statm") as sizes:
        return int(sizes.read().split()[1]) * resource.getpagesize() / 2**20


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--rounds", type=int, default=40)
    reader.add_argument("--kind", action="append", help="only this kind (may be repeated)")
    options = reader.parse_args()
    papers = sample_papers()
    if options.kind:
        papers = {kind: papers[kind] for kind in options.kind}

    from documents.engine.render import engine_versions, warm

    started = time.perf_counter()
    warm()
    cold = time.perf_counter() - started
    pages = {kind: draw() for kind, draw in papers.items()}  # warms the templates
    taken: dict[str, list[float]] = {kind: [] for kind in papers}
    before = resident_mib()
    for _ in range(options.rounds):
        for kind, draw in papers.items():
            started = time.perf_counter()
            assert draw() == pages[kind], "two draws of one photograph differ"
            taken[kind].append((time.perf_counter() - started) * 1000)
    rows = []
    for kind, values in taken.items():
        target = TARGETS.get(kind)
        verdict = "–" if target is None else "ok" if min(values) <= target else "late"
        if target is not None and min(values) > 1.3 * target:
            verdict = "ALARM"
        rows.append(
            [kind, f"{min(values):.0f}", f"{middle(values):.0f}", f"{len(pages[kind]) / 1000:.0f}",
             str(target or "–"), verdict]
        )  # fmt: skip
    show(
        f"Papers, warm ({engine_versions()}), {options.rounds} rounds",
        rows,
        ["kind", "min ms", "median ms", "KB", "target", ""],
    )
    drawn = options.rounds * len(papers)
    print(
        f"\ncold start {cold:.2f} s · memory {before:.0f} → {resident_mib():.0f} MiB"
        f" over {drawn} papers (target < 250)"
    )


if __name__ == "__main__":
    main()
