"""Asking the engine again for an issued share: what changes, and the answer, before anybody proposes it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month
from ct_platform.kit.crypto import seal
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.money import ZERO, euros
from payroll.engine.errors import EngineError
from payroll.engine.floor import is_below_minimum
from payroll.engine.params import load_params
from payroll.engine.types import PayInput, Ytd
from payroll.enums import CorrectionState
from payroll.models import ContributionProfile, Correction, Payslip, Share
from payroll.papers.slip import snapshot_of
from payroll.rules import changes as rules
from payroll.rules.figures import Figures
from payroll.rules.photographs import fingerprint
from payroll.rules.stored_slips import slip_from_json, slip_to_json, ytd_from_json, ytd_to_json
from payroll.selectors.corrections import opened
from payroll.selectors.personal_terms import place_of
from payroll.services.asking import Solved, pay_input, solve
from payroll.services.computing import year_to_date
from payroll.services.photographs import profile_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A correction before it is proposed: the slip, what changes, the figures of before and after.

    `seen` names what a page showed of it: sending another answer than the one read is refused.
    """

    share: Share
    corrects: Payslip
    profile: ContributionProfile
    changes: dict[str, list[Any]]
    old: Figures
    new: Figures

    @property
    def seen(self) -> str:
        identity = self.changes.get(rules.IDENTITY)
        return fingerprint({"slip": self.corrects.pk, "answer": self.new.answer, "who": identity})


def draft_correction(*, share: Share, asked: Mapping[str, Any]) -> Draft:
    """Solve the share again with what should have been asked. Writes nothing.

    `asked` holds only what changes, by name: `profile` (ContributionProfile), `minutes`, `presence`
    (fraction of the month), `health_waived`, `pas_rate` (percent; None for the default grid),
    `atmp_rate`, `mobility_rate`, `health_cover_employer_share` (percent), `headcount`,
    `health_cover`, `hourly_rate` (euros). Names and addresses are those of now. The share, a part
    of a pot that was divided, and the year-to-date amounts before it stay.

    Raises Refused: no slip stands, a later slip exists, a correction waits, nothing changes, a
    profile not confirmed or of another host, a net that no longer covers what was withheld, a wage
    under the SMIC, or the engine's own sentence.
    """
    slip = _standing(share)
    _require_none_waiting(share)
    require_last(share, slip)
    photograph, profile = asked_now(share)
    profile = asked.get(rules.PROFILE, profile)
    require_confirmed(profile, share)
    changes = _changes(share, photograph, asked)
    answer, remainder = _solved(share, rules.laid_over(photograph, share.enrolment_id, changes))
    cost = Decimal(answer["slip"]["total_employer_cost"])
    draft = Draft(
        share=share,
        corrects=slip,
        profile=profile,
        changes=changes | _identity(share, slip),
        old=share.standing,
        new=Figures.corrected(answer, cost=cost, remainder=remainder),
    )
    _require_some_change(draft.old, draft.new, draft.changes)
    _require_withheld(share, draft.new)
    return draft


def why_not(share: Share) -> str:
    """The sentence that says why the slip of a share cannot be corrected now; empty when it can."""
    try:
        _require_none_waiting(share)
        require_last(share, _standing(share))
    except Refused as refusal:
        return str(refusal)
    return ""


def asked_now(share: Share) -> tuple[dict[str, Any], ContributionProfile]:
    """The photograph as corrected so far for one share, and the profile it stands under.

    Reads `corrections`.
    """
    photograph, profile = share.run.photograph, share.run.profile
    for correction in _issued(share):
        photograph = rules.laid_over(photograph, share.enrolment_id, correction.changes)
        profile = correction.profile
    assert profile is not None  # noqa: S101  an issued run has its profile
    return photograph, profile


def asked_for(correction: Correction, share: Share) -> dict[str, Any]:
    """The photograph one correction was computed from: those before it, then its own changes."""
    photograph: dict[str, Any] = share.run.photograph
    earlier = [one for one in _issued(share) if one.pk < correction.pk]
    for one in (*earlier, correction):
        photograph = rules.laid_over(photograph, share.enrolment_id, one.changes)
    return photograph


def _issued(share: Share) -> list[Correction]:
    issued = [one for one in share.corrections.all() if one.state == CorrectionState.ISSUED]
    return sorted(issued, key=lambda one: one.pk)


def require_last(share: Share, slip: Payslip) -> None:
    """Only the last slip of a person, host, profile and year: later ones rest on its amounts."""
    last = _last(share, slip_from_json(slip.answer["slip"]).profile_code)
    if last is not None and last[0] != slip.pk:
        later = Payslip.objects.get(pk=last[0])
        raise Refused(
            _(
                "Un bulletin plus récent existe : n° %(number)s, de %(month)s. Ses cumuls partent de "
                "celui-ci. C’est le n° %(number)s qui peut être corrigé."
            )
            % {"number": later.number, "month": Month(later.month)}
        )


def still_stands(correction: Correction) -> None:
    """At issue: nothing was paid since on the amounts the answer starts from. Raises Stale."""
    share, answer = correction.share, correction.answer
    require_last(share, correction.corrects)
    if answer["slip"]["profile_code"] == correction.corrects.answer["slip"]["profile_code"]:
        return
    now = _last(share, answer["slip"]["profile_code"])
    if answer["after_slip"] != (now[0] if now else None):
        raise Stale(
            _("Une autre paie a été émise depuis cette proposition. Abandonnez-la et refaites-la.")
        )


def solved_again(share: Share, photograph: dict[str, Any], before: Ytd) -> Solved:
    """The engine's answer for the same share. Raises EngineError."""
    total = share.amount + share.carried_in
    inp = _input(share, photograph)
    return solve(total, photograph, inp, before, load_params(share.run.month))


def _input(share: Share, photograph: dict[str, Any]) -> PayInput:
    person = rules.person_in(photograph, share.enrolment_id)
    return pay_input(photograph, person, share.run.month)


def _standing(share: Share) -> Payslip:
    slip = share.payslip
    if slip is None:
        raise Refused(_("Cette personne n’a pas de bulletin pour cette paie."))
    return slip


def _last(share: Share, profile_code: str) -> tuple[int, Ytd] | None:
    person_id, run = share.enrolment.person_id, share.run
    return year_to_date(
        [person_id], host_id=run.cohort.host_id, year=run.month.year, profile_code=profile_code
    ).get(person_id)


def _require_none_waiting(share: Share) -> None:
    if any(one.state == CorrectionState.PROPOSED for one in share.corrections.all()):
        raise Refused(
            _("Une correction de ce bulletin attend déjà. Émettez-la ou abandonnez-la d’abord.")
        )


def require_confirmed(profile: ContributionProfile, share: Share) -> None:
    if profile.host_id != share.run.cohort.host_id or not profile.is_confirmed:
        raise Refused(
            _("Ce profil de cotisations n’est pas confirmé : il ne peut pas faire de bulletin."),
            field="profile",
        )


def _changes(
    share: Share, photograph: Mapping[str, Any], asked: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """What differs from what was asked, old then new, in the order it is read."""
    found = {}
    for name in rules.NAMES:
        if name not in asked:
            continue
        old = rules.written(photograph, share.enrolment_id, name)
        new = _as_written(name, asked[name])
        is_rate = name == rules.PAS_RATE  # sealed anew each time: compare what is inside
        if not (opened(old) == asked[name] if is_rate else rules.same(old, new)):
            found[name] = [old, new]
    return found


def _as_written(name: str, value: Any) -> Any:
    """A value as the photograph writes it; a withholding rate is sealed for a key of its own."""
    if name == rules.PROFILE:
        return profile_facts(value)
    if name == rules.PAS_RATE and value is not None:
        key = str(uuid.uuid4())
        return {"key": key, "sealed": seal(place_of(key), f"{value.normalize():f}")}
    return f"{value:f}" if isinstance(value, Decimal) else value


def _before(share: Share, code: str) -> tuple[Ytd, int | None]:
    """What the year had used before this share, and the slip that says so."""
    answer = share.standing.answer
    assert answer is not None  # noqa: S101  a slip stands
    if answer["slip"]["profile_code"] == code:
        return ytd_from_json(answer["ytd_before"]), answer["after_slip"]
    last = _last(share, code)
    return (last[1], last[0]) if last else (Ytd.empty(), None)


def _solved(share: Share, photograph: dict[str, Any]) -> tuple[dict[str, Any], Decimal]:
    before, after_slip = _before(share, photograph["profile"]["code"])
    try:
        inp = _input(share, photograph)
        solved = solved_again(share, photograph, before)
    except EngineError as error:
        raise Refused(f"{share.enrolment.person.full_name} : {error}") from error
    if solved.slip is None:
        raise Refused(_("Avec ces changements, la part est trop petite pour un bulletin."))
    hours = inp.hours if solved.hours is None else solved.hours
    _require_floor(share, replace(inp, gross=solved.slip.gross, hours=hours))
    answer = {
        "slip": slip_to_json(solved.slip),
        "ytd_before": ytd_to_json(before),
        "after_slip": after_slip,
        # Hours paid, printed on a wage's slip; a CAPE is no working time.
        "paid_hours": str(hours) if inp.profile.working_time else None,
    }
    return answer, solved.remainder


def _require_floor(share: Share, inp: PayInput) -> None:
    if is_below_minimum(inp, load_params(share.run.month)):
        raise Refused(
            _("Le brut serait de %(gross)s : sous le SMIC pour ces heures.")
            % {"gross": euros(inp.gross)},
            field=rules.MINUTES,
        )


def _identity(share: Share, slip: Payslip) -> dict[str, list[Any]]:
    """Who is named on the paper, as printed and as they are called now. Keys printed then only."""
    fresh = snapshot_of(run=share.run, share=share, title="", number="", trades=[], people=0)
    printed = {party: slip.document.snapshot[party] for party in ("person", "host")}
    now = {party: {key: fresh[party][key] for key in printed[party]} for party in printed}
    return {rules.IDENTITY: [printed, now]} if printed != now else {}


def _require_some_change(old: Figures, new: Figures, changes: Mapping[str, Any]) -> None:
    """An input that no line depends on changes nothing that is printed."""
    assert old.answer is not None and new.answer is not None  # noqa: S101  both have a slip
    if rules.IDENTITY in changes or printed_of(old.answer) != printed_of(new.answer):
        return
    raise Refused(
        _("Rien ne change sur le bulletin : ni un montant, ni un taux, ni un nom, ni une adresse.")
    )


def printed_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer says of the month: neither the engine that gave it, nor the year after it."""
    marks = ("params_hash", "engine_version", "ytd_after")
    return {name: value for name, value in answer["slip"].items() if name not in marks}


def _require_withheld(share: Share, new: Figures) -> None:
    if (new.net_paid or ZERO) < share.withheld:
        raise Refused(
            _(
                "Le nouveau net (%(net)s) ne couvre plus les acomptes et retenues déjà pris sur ce "
                "bulletin (%(withheld)s). Voyez d’abord avec la personne comment les rendre."
            )
            % {"net": euros(new.net_paid), "withheld": euros(share.withheld)}
        )
