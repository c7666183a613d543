"""What must always be true of corrected pay (`check_consistency`). Everything is recomputed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from documents.models import Counter
from documents.services.numbers import format_number
from payroll.engine.errors import EngineError
from payroll.engine.params import load_params
from payroll.enums import CorrectionState, SlipKind
from payroll.models import Correction, Payslip, Share
from payroll.rules.stored_slips import slip_from_json, ytd_from_json
from payroll.services.drafting import asked_for, solved_again
from payroll.services.slip_rows import AMOUNTS


def counter_slips_are_opposite() -> Iterator[str]:
    """Each counter-slip repeats the slip it cancels, amount for amount and line for line."""
    counters = (
        Payslip.objects.filter(kind=SlipKind.COUNTER)
        .select_related("cancels")
        .prefetch_related("lines", "cancels__lines")
        .order_by("pk")
    )
    for counter in counters.iterator(chunk_size=200):
        wrong = counter.cancels
        same = (counter.share_id, counter.version, counter.month) == (
            wrong.share_id, wrong.version, wrong.month,
        )  # fmt: skip
        opposite = all(getattr(counter, name) == -getattr(wrong, name) for name in AMOUNTS)
        if not same or not opposite or _lines(counter, -1) != _lines(wrong, 1):
            yield _("Bulletin %(number)s : il n’est pas l’opposé du n° %(wrong)s qu’il annule.") % {
                "number": counter.number,
                "wrong": wrong.number,
            }


def _lines(slip: Payslip, sign: int) -> dict[str, tuple[Any, ...]]:
    return {
        line.code: (
            line.side,
            None if line.base is None else sign * line.base,
            line.rate,
            sign * line.amount,
        )
        for line in slip.lines.all()
    }


def each_correction_has_its_pair() -> Iterator[str]:
    """Issued: one counter-slip, one new slip that takes the place of the paper. Otherwise: none."""
    corrections = (
        Correction.objects.select_related("corrects__document")
        .prefetch_related("slips")
        .order_by("pk")
    )
    for correction in corrections.iterator(chunk_size=200):
        wrong, slips = correction.corrects, list(correction.slips.all())
        found = {(slip.kind, slip.version, slip.cancels_id, slip.share_id): slip for slip in slips}
        key = (SlipKind.SLIP, wrong.version + 1, None, correction.share_id)
        expected = {
            (SlipKind.COUNTER, wrong.version, wrong.pk, correction.share_id),
            key,
        }
        if correction.state != CorrectionState.ISSUED:
            expected = set()
        complete = set(found) == expected and len(slips) == len(expected)
        if expected and complete:
            complete = wrong.document.replaced_by_id == found[key].document_id
        if not complete:
            yield _("Correction %(pk)s : elle n’a pas son annulation et son nouveau bulletin.") % {
                "pk": correction.pk
            }
    orphans = Payslip.objects.filter(version__gt=1, correction__isnull=True).order_by("pk")
    for number in orphans.values_list("number", flat=True):
        yield _("Bulletin %(number)s : il corrige, mais aucune correction ne l’explique.") % {
            "number": number
        }


def the_standing_answer_is_the_share() -> Iterator[str]:
    """Cost and remainder of a correction make the same share; its slip prints its answer."""
    corrections = (
        Correction.objects.select_related("share").prefetch_related("slips").order_by("pk")
    )
    for correction in corrections.iterator(chunk_size=200):
        share, slip = correction.share, slip_from_json(correction.answer["slip"])
        adds_up = share.amount + share.carried_in == correction.cost + correction.remainder
        printed = [one for one in correction.slips.all() if one.kind == SlipKind.SLIP]
        said = all(
            (one.gross, one.net_paid, one.tax, one.total_cost)
            == (slip.gross, slip.net_paid, slip.pas_amount, slip.total_employer_cost)
            for one in printed
        )
        if not adds_up or not said or slip.total_employer_cost != correction.cost:
            yield _(
                "Correction %(pk)s : ses montants ne font pas la part, ou pas son bulletin."
            ) % {"pk": correction.pk}


def stored_corrections_recompute() -> Iterator[str]:
    """The engine, asked again with every change so far, finds the answers that are stored."""
    corrections = Correction.objects.exclude(state=CorrectionState.DROPPED).order_by("pk")
    for correction in corrections.iterator():
        share = Share.objects.to_correct().get(pk=correction.share_id)
        stored = slip_from_json(correction.answer["slip"])
        if stored.params_hash != load_params(share.run.month).hash:
            continue  # computed under an earlier parameter file: that one is not here any more
        before = ytd_from_json(correction.answer["ytd_before"])
        try:
            again = solved_again(share, asked_for(correction, share), before)
            found = (again.slip, again.remainder)
        except (EngineError, ValueError, KeyError):
            found = (None, None)
        if found != (stored, correction.remainder):
            yield _("Correction %(pk)s : le calcul refait donne autre chose.") % {
                "pk": correction.pk
            }


def slip_numbers_follow_each_other() -> Iterator[str]:
    """Per host, series and year: the last number given = how many slips = how many numbers."""
    numbers: dict[int, list[str]] = {}
    for host_id, number in Payslip.objects.order_by("pk").values_list(
        "share__run__cohort__host_id", "number"
    ):
        numbers.setdefault(host_id, []).append(number)
    for counter in Counter.objects.order_by("pk"):
        prefix = f"{counter.year}-{counter.series}-"
        given = [n for n in numbers.get(counter.issuer_key, []) if n.startswith(prefix)]
        last = format_number(counter.series, counter.year, counter.last)
        if given and not (len(given) == len(set(given)) == counter.last and max(given) == last):
            yield _(
                "Organisme %(host)s, série %(series)s : un numéro manque ou sert deux fois."
            ) % {
                "host": counter.issuer_key,
                "series": f"{counter.year}-{counter.series}",
            }


def register_invariants() -> None:
    for code, sentence, check in (
        ("payroll.counter_slips", "Une annulation est l’opposé du bulletin annulé.", counter_slips_are_opposite),
        ("payroll.corrections", "Une correction émise a son annulation et son bulletin.", each_correction_has_its_pair),
        ("payroll.corrected_share", "Une correction fait la même part.", the_standing_answer_is_the_share),
        ("payroll.corrections_recompute", "Le calcul refait donne la correction rangée.", stored_corrections_recompute),
        ("payroll.slip_numbers", "Les numéros des bulletins se suivent.", slip_numbers_follow_each_other),
    ):  # fmt: skip
        register(Invariant(code, sentence, check))
