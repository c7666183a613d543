"""What leaves the register as files: the register itself, and ballots that anyone may recount."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.exports import Cell, csv_of
from decisions.enums import EffectState, Method, OutcomeKind
from decisions.models import Outcome, Poll
from decisions.rules.tally import canonical
from decisions.selectors.register import all_in_force, outcomes_of


def register_csv(actor: Actor, cohort_id: int, day: dt.date) -> bytes:
    """The whole register, oldest first, as a table for spreadsheets. Three queries."""
    held = {outcome.pk for outcome in all_in_force(cohort_id, day)}
    header = [
        _("N°"),
        _("Question"),
        _("Façon de voter"),
        _("Secret"),
        _("Tour"),
        _("Décidé le"),
        _("Résultat"),
        _("Réponse"),
        _("Effet"),
        _("Ce que ça change"),
        _("Depuis le"),
        _("Jusqu’au"),
        _("À revoir le"),
        _("En vigueur aujourd’hui"),
        _("Finit la décision n°"),
        _("Fini avant l’heure par"),
        _("Pourquoi avant l’heure"),
    ]
    rows = outcomes_of(actor, cohort_id).select_related("repeals").order_by("number")
    return csv_of(header, (_row(outcome, held) for outcome in rows))


def _row(outcome: Outcome, held: set[int]) -> list[Cell]:
    poll = outcome.poll
    return [
        outcome.number,
        poll.proposal.title,
        str(Method(poll.method).label),
        poll.get_secrecy_display(),
        poll.round,
        civil_day(outcome.decided_at),
        str(OutcomeKind(outcome.kind).label),
        outcome.answer if outcome.is_adopted else "",
        str(EffectState(outcome.effect_state).label),
        outcome.effect_sentence,
        outcome.in_force_from,
        outcome.ends_on,
        outcome.review_on,
        _("oui") if outcome.pk in held else _("non"),
        outcome.repeals.number if outcome.repeals else None,
        getattr(outcome, "closed_by", "") or "" if poll.early_closing_reason else "",
        poll.early_closing_reason,
    ]


def as_file(document: Mapping[str, Any]) -> bytes:
    """A document of ballots as people save it: sorted keys, two spaces."""
    text = json.dumps(document, sort_keys=True, indent=2, ensure_ascii=False)
    return f"{text}\n".encode()


def grouped(ballots: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same ballots without voter, order or argued text: each kind once, with its number.

    The roll's order would name their authors; the count ignores the words of an objection.
    """
    kinds: dict[bytes, dict[str, Any]] = {}
    numbers: Counter[bytes] = Counter()
    for ballot in ballots:
        bare = {key: ballot[key] for key in ballot if key not in ("text", "voter", "count")}
        key = canonical(bare)
        kinds[key] = bare
        numbers[key] += ballot.get("count", 1)
    return [kinds[key] | {"count": numbers[key]} for key in sorted(kinds)]


def aggregate_of(poll: Poll, outcome: Outcome) -> dict[str, Any] | None:
    """The sums of a secret poll, out of its published count; None when none was published."""
    detail = outcome.tally.get("detail")
    if detail is None:
        return None
    match poll.method:
        case Method.MAJORITY:
            return {name: detail[name] for name in ("for", "against", "abstain")}
        case Method.CHOICE:
            return dict(detail["votes"])
        case Method.APPROVAL:
            return dict(detail["approvals"])
        case Method.JUDGMENT:
            codes = [option.code for option in poll.options.all()]
            return {code: detail[code]["counts"] for code in codes}
        case Method.RANKED:
            return dict(detail["d"])
        case _:
            return None
