"""What must always be true of pay (`check_consistency`). Everything is recomputed from what is stored."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month
from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import ZERO
from payroll.engine.params import load_params
from payroll.enums import ISSUED_STATES, EntryKind, PayRunState
from payroll.invariants.uploads import said_elsewhere
from payroll.models import AccountEntry, PayRun, Payslip, Share
from payroll.rules.photographs import fee_in, fingerprint, idle_cost_in, total_amount
from payroll.rules.stored_slips import slip_from_json, ytd_from_json
from payroll.services.asking import pay_input, solve

_WITH_SHARES = (
    PayRunState.COMPUTED, PayRunState.REVIEWED, PayRunState.APPROVED, *ISSUED_STATES,
)  # fmt: skip


def _computed() -> Iterator[PayRun]:
    runs = PayRun.objects.filter(state__in=_WITH_SHARES).select_related("cohort").order_by("pk")
    yield from runs.prefetch_related("shares").iterator(chunk_size=50)


def _name(run: PayRun) -> str:
    return _("Paie %(pk)s (%(cohort)s, %(month)s)") % {
        "pk": run.pk,
        "cohort": run.cohort.name,
        "month": Month(run.month),
    }


def shares_sum_to_the_pot() -> Iterator[str]:
    for run in _computed():
        total = sum((share.amount for share in run.shares.all()), ZERO)
        if total != run.envelope:
            yield _("%(run)s : les parts font %(total)s, le pot %(pot)s.") % {
                "run": _name(run),
                "total": total,
                "pot": run.envelope,
            }


def each_share_is_cost_and_remainder() -> Iterator[str]:
    for run in _computed():
        for share in run.shares.all():
            if share.amount + share.carried_in != share.cost + share.remainder:
                yield _("%(run)s, part %(share)s : coût et reste ne font pas la part.") % {
                    "run": _name(run),
                    "share": share.pk,
                }


def the_photograph_is_unaltered() -> Iterator[str]:
    """Its hash, the sums of its sales and expenses, the contribution and idle months reckoned again."""
    for run in _computed():
        photo = run.photograph
        same = fingerprint(photo) == run.photograph_hash
        sums = (
            total_amount(photo["sales"]), total_amount(photo["expenses"]),
            fee_in(photo).amount, idle_cost_in(photo),
        )  # fmt: skip
        if not same or sums != (run.sales, run.expenses, run.contribution, run.idle_cost):
            yield _("%(run)s : la photographie ne correspond plus.") % {"run": _name(run)}


def stored_pay_recomputes() -> Iterator[str]:
    """The engine, given the photograph again, finds the gross, cost and remainder that are stored.

    Half a millisecond a share.
    """
    for run in _computed():
        people = {person["enrolment"]: person for person in run.photograph["people"]}
        for share in run.shares.all():
            if share.slip is None:
                continue
            stored = slip_from_json(share.slip["slip"])
            params = load_params(run.month)
            if stored.params_hash != params.hash:
                continue  # computed under an earlier parameter file: that one is not here any more
            again = solve(
                share.amount + share.carried_in,
                run.photograph,
                pay_input(run.photograph, people[share.enrolment_id], run.month),
                ytd_from_json(share.slip["ytd_before"]),
                params,
            )
            found = (again.slip, again.remainder, again.hours, stored.gross)
            if found != (stored, share.remainder, share.paid_hours, share.gross):
                yield _("%(run)s, part %(share)s : le calcul refait donne autre chose.") % {
                    "run": _name(run),
                    "share": share.pk,
                }


def slips_sum_their_lines() -> Iterator[str]:
    slips = Payslip.objects.prefetch_related("lines").order_by("pk")
    for slip in slips.iterator(chunk_size=200):
        sides: dict[str, Decimal] = {"ee": ZERO, "er": ZERO}
        for line in slip.lines.all():
            sides[line.side] += line.amount
        if (
            slip.gross - sides["ee"] != slip.net_before_tax
            or slip.gross + sides["er"] != slip.total_cost
            or slip.net_before_tax - slip.tax != slip.net_paid
            or (slip.net_paid < 0) != (slip.is_counter and slip.net_paid != 0)
        ):
            yield _("Bulletin %(number)s : ses lignes ne font pas ses totaux.") % {
                "number": slip.number
            }


def the_account_says_what_was_issued() -> Iterator[str]:
    """Per issued share: share in, cost out, remainder aside, net owed, those of the slip that stands."""
    entries: dict[tuple[int, int], dict[str, Decimal]] = {}
    for run_id, enrolment_id, kind, amount in AccountEntry.objects.filter(
        run__isnull=False
    ).values_list("run_id", "enrolment_id", "kind", "amount"):
        found = entries.setdefault((run_id, enrolment_id), {})
        found[kind] = found.get(kind, ZERO) + amount
    shares = Share.objects.issued().select_related("run__settings")
    shares = shares.prefetch_related("slips", "corrections").order_by("pk")
    for share in shares.iterator(chunk_size=200):
        found = entries.pop((share.run_id, share.enrolment_id), {})
        slip, standing = share.payslip, share.standing
        expected = {
            EntryKind.SHARE: share.amount,
            EntryKind.COST: -(slip.total_cost if slip else ZERO),
            EntryKind.REMAINDER: share.carried_in - standing.remainder,
            EntryKind.NET: slip.net_paid if slip else ZERO,
        }
        if not share.run.makes_slips:
            expected |= said_elsewhere(share)
        if any(found.get(kind, ZERO) != amount for kind, amount in expected.items()):
            yield _("Part %(share)s : le compte ne dit pas ce que dit le bulletin.") % {
                "share": share.pk
            }
    for run_id, enrolment_id in sorted(entries):
        yield _("Compte du parcours %(enrolment)s : mouvements d’une paie non émise (%(run)s).") % {
            "enrolment": enrolment_id,
            "run": run_id,
        }


def register_invariants() -> None:
    for code, sentence, check in (
        ("payroll.shares_are_the_pot", "Les parts d’une paie font le pot, au centime.", shares_sum_to_the_pot),
        ("payroll.share_is_cost", "Part et reste repris = coût et reste gardé.", each_share_is_cost_and_remainder),
        ("payroll.photograph", "La photographie d’une paie n’a pas changé.", the_photograph_is_unaltered),
        ("payroll.recomputes", "Le calcul refait donne le bulletin rangé.", stored_pay_recomputes),
        ("payroll.slip_lines", "Les totaux d’un bulletin sont la somme de ses lignes.", slips_sum_their_lines),
        ("payroll.ledger", "Compte, parts et bulletins disent la même chose.", the_account_says_what_was_issued),
    ):  # fmt: skip
        register(Invariant(code, sentence, check))
