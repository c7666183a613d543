"""The ladder of one pay: pot → share → cost → gross → net → to declare, each rung with its own sum.

Every figure is read from what was photographed or stored; nothing is computed twice.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.clock import MONTHS, format_day, format_minutes
from ct_platform.kit.components import Fact, Link, Rung
from ct_platform.kit.money import ZERO, euros, from_cents, to_cents
from payroll.engine.types import Slip
from payroll.enums import SplitKind
from payroll.models import PayRun, Share
from payroll.rules.photographs import fee_in
from payroll.rules.sharing import counted_minutes, parts_in_cents
from payroll.selectors.pot import contribution_label

LINES, DECLARE = "#cotisations", "#declarer"  # places of the page itself


@dataclass(frozen=True, slots=True)
class Pieces:
    """What the rule gives one person: the equal piece, the piece of the hours, everybody's minutes."""

    equal: Decimal
    by_hours: Decimal
    pot_by_hours: Decimal
    minutes: int
    people: int


def rungs_of(share: Share, slip: Slip | None) -> tuple[Rung, ...]:
    """The whole ladder; it stops at the cost when no slip was made. Costs no query with_run()."""
    run: PayRun = share.run
    brought = share.amount + share.carried_in
    pieces = pieces_of(share)
    rungs = (
        _pot(share, run, pieces.people),
        _share(share, run, pieces, brought),
        _cost(share, slip, brought),
    )
    if slip is None:
        return rungs
    return (*rungs, _gross(slip, brought), _net(slip, brought), _to_declare(run, slip))


def pieces_of(share: Share) -> Pieces:
    """Split a share as its rule did, from the photograph of the run."""
    photograph = share.run.photograph
    rule = photograph["rule"]
    minutes = counted_minutes(
        {person["enrolment"]: person["minutes_by_kind"] for person in photograph["people"]},
        rule["counted_kinds"],
    )
    parts = parts_in_cents(rule["kind"], to_cents(share.run.envelope), minutes)
    equal, by_hours = parts[share.enrolment_id]
    return Pieces(
        equal=from_cents(equal),
        by_hours=from_cents(by_hours),
        pot_by_hours=from_cents(sum(hours for _equal, hours in parts.values())),
        minutes=sum(minutes.values()),
        people=len(minutes),
    )


def _minus(amount: Decimal) -> str:
    return euros(-amount if amount else ZERO)


def _pot(share: Share, run: PayRun, people: int) -> Rung:
    text = _(
        "L’argent des ventes payées, moins les dépenses, la part de la coopérative hôte "
        "et la réserve votée."
    )
    if run.idle_cost:
        text += " " + _(
            "Et %(idle)s de cotisations pour des mois sans paie : la loi les demande quand même."
        ) % {"idle": euros(run.idle_cost)}
    shared = ngettext("Pour %(n)s personne.", "Pour %(n)s personnes.", people) % {"n": people}
    facts = [
        Fact(_("Ventes payées, hors taxe"), euros(run.sales)),
        Fact(_("Dépenses"), _minus(run.expenses)),
        Fact(contribution_label(run.settings, fee_in(run.photograph)), _minus(run.contribution)),
        Fact(_("Réserve votée"), _minus(run.reserve)),
    ]
    if run.idle_cost:
        facts.insert(3, Fact(_("Cotisation des mois sans paie"), _minus(run.idle_cost)))
    return Rung(
        _("Le pot commun"),
        run.envelope,
        f"{text} {shared}",
        people=people,
        facts=tuple(facts),
        links=(
            Link(
                _("Voir chaque vente et chaque dépense"),
                reverse("payroll:my_pay_pot", args=[share.pk]),
            ),
        ),
    )


def _share(share: Share, run: PayRun, pieces: Pieces, brought: Decimal) -> Rung:
    rule = run.photograph["rule"]
    kind = SplitKind(rule["kind"])
    label = str(kind.label)
    text = _("Règle n° %(version)s : %(rule)s (décision n° %(decision)s du %(day)s).") % {
        "version": rule["version"],
        "rule": label[0].lower() + label[1:],
        "decision": rule["decision"],
        "day": format_day(dt.date.fromisoformat(rule["decided_on"])),
    }
    if kind != SplitKind.EQUAL:
        text += " " + _("Tes heures : %(hours)s.") % {"hours": format_minutes(share.minutes)}
    if share.carried_in:
        text += " " + _("Avec %(kept)s gardés la dernière fois.") % {
            "kept": euros(share.carried_in)
        }
    links = [Link(_("Voir chaque heure"), reverse("payroll:my_pay_hours", args=[share.pk]))]
    if run.rule is not None:
        poll = reverse("decisions:poll", args=[run.rule.outcome.poll_id])
        links.insert(0, Link(_("Voir la décision n° %s") % rule["decision"], poll))
    return Rung(
        _("Ta part"),
        brought,
        text,
        of=brought,
        tone="share",
        facts=tuple(_share_facts(share, run, kind, pieces)),
        links=tuple(links),
    )


def _share_facts(share: Share, run: PayRun, kind: SplitKind, pieces: Pieces) -> list[Fact]:
    facts = []
    if kind != SplitKind.HOURS:
        facts.append(
            Fact(
                _("%(pot)s en %(n)s parts égales")
                % {"pot": euros(run.envelope - pieces.pot_by_hours), "n": pieces.people},
                euros(pieces.equal),
            )
        )
    if kind != SplitKind.EQUAL:
        facts.append(
            Fact(
                _("%(pot)s selon les heures : tes %(own)s sur %(all)s")
                % {
                    "pot": euros(pieces.pot_by_hours),
                    "own": format_minutes(share.minutes),
                    "all": format_minutes(pieces.minutes),
                },
                euros(pieces.by_hours),
            )
        )
    if share.carried_in:
        facts.append(Fact(_("Gardé la dernière fois"), euros(share.carried_in)))
    return facts


def _cost(share: Share, slip: Slip | None, brought: Decimal) -> Rung:
    figures = share.standing
    facts: tuple[Fact, ...] = ()
    if slip is not None:
        facts = (
            Fact(_("Le brut"), euros(slip.gross)),
            Fact(_("Payé par la coopérative hôte"), euros(slip.er_total_net_of_rgdu)),
        )
    if figures.remainder:
        text = _("Il reste %(kept)s : gardés pour toi, pour la prochaine paie.") % {
            "kept": euros(figures.remainder)
        }
    else:
        text = _("Tout est utilisé. Il reste %(kept)s.") % {"kept": euros(ZERO)}
    return Rung(_("Ce que coûte ta part"), figures.cost, text, of=brought, tone="cost", facts=facts)


def _gross(slip: Slip, brought: Decimal) -> Rung:
    text = _("Moins %(er)s payés par la coopérative hôte : santé, retraite, famille, chômage.") % {
        "er": euros(slip.er_total_net_of_rgdu)
    }
    facts: tuple[Fact, ...] = ()
    if slip.rgdu:
        facts = (
            Fact(_("Cotisations"), euros(slip.er_total)),
            Fact(_("Réduction générale de l’État"), _minus(slip.rgdu)),
        )
    return Rung(
        _("Le brut"),
        slip.gross,
        text,
        of=brought,
        tone="gross",
        facts=facts,
        links=(Link(_("Voir chaque cotisation"), LINES),),
    )


def _net(slip: Slip, brought: Decimal) -> Rung:
    text = _("Moins %(ee)s pour ta retraite et la CSG. Impôt : %(tax)s.") % {
        "ee": euros(slip.ee_total),
        "tax": euros(slip.pas_amount),
    }
    rate = f"{slip.pas_rate.normalize():f}".replace(".", ",")
    return Rung(
        _("Le net"),
        slip.net_paid,
        text,
        of=brought,
        tone="net",
        facts=(
            Fact(_("Le brut"), euros(slip.gross)),
            Fact(_("Cotisations prises sur le brut"), _minus(slip.ee_total)),
            Fact(
                _("Impôt : %(rate)s %% de %(base)s")
                % {"rate": rate, "base": euros(slip.net_taxable)},
                _minus(slip.pas_amount),
            ),
        ),
        links=(Link(_("Voir chaque cotisation"), LINES),),
    )


def _to_declare(run: PayRun, slip: Slip) -> Rung:
    if not run.makes_slips:
        # Nobody declares an estimate: the slip of the host says the sum.
        text = _(
            "Une estimation : ne la déclare pas. Le « montant net social » à déclarer est écrit sur "
            "ton bulletin."
        )
        return Rung(_("À déclarer"), slip.net_social, text, end=True)
    month = MONTHS[run.paid_on.month - 1] if run.paid_on else ""
    text = _(
        "C’est le « montant net social ». Tu touches le RSA ou la prime d’activité ? Déclare cette "
        "somme pour %(month)s, le mois où l’argent est versé."
    ) % {"month": f"{month} {run.paid_on.year}" if run.paid_on else month}
    return Rung(
        _("À déclarer"),
        slip.net_social,
        text,
        end=True,
        links=(Link(_("À qui, et avant quelle date"), DECLARE),),
    )
