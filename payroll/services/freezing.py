"""Freezing a run: hours and money locked, everything photographed, the pot worked out."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month, civil_day
from ct_platform.kit.errors import Refused
from payroll.engine.errors import MonthNotCovered
from payroll.engine.params import load_params
from payroll.enums import ISSUED_STATES, RUN_ALLOWED, PayRunState
from payroll.models import ContributionProfile, HostSettings, PayRun, SplitRule
from payroll.rules.envelope import EmptyPot, Envelope, envelope_of, require_something
from payroll.rules.photographs import fee_in, fingerprint, idle_cost_in, total_amount
from payroll.rules.profiles import is_expired
from payroll.selectors.in_force import (
    EMPLOYEE,
    profile_codes_of_month,
    profile_of_month,
    rule_of_month,
    settings_of_month,
)
from payroll.selectors.people import under_two_kinds
from payroll.services.host_settings import require_legal_rate
from payroll.services.photographs import take_photograph
from payroll.services.run_rows import hold
from projects.services.money import settle_for_run, unsettle_run
from projects.services.work import lock_for_run, unlock_run

UNDER_WAY = (
    PayRunState.FROZEN, PayRunState.COMPUTED, PayRunState.REVIEWED, PayRunState.APPROVED,
)  # fmt: skip


@transaction.atomic
def freeze_run(*, run: PayRun, actor: Actor, at: dt.datetime) -> PayRun:
    """Lock the confirmed hours and the money moved up to the month's last day, and photograph them.

    What is confirmed or paid later goes to the next run. The photograph (JSON, sha-256) holds
    hours, sales, expenses, rule, settings, profile and idle months; the pot (euros) comes from it.
    Freezing a frozen run changes nothing. Raises Refused: no rule, no settings, no profile or one of
    an earlier year, month without confirmed parameters, hourly rate under the SMIC, two kinds of
    contract, an earlier run under way, an empty pot; Stale when somebody acted first.
    """
    refuse_archived(run.cohort)
    run = hold(run)
    if run.state == PayRunState.FROZEN:
        return run
    _refuse_out_of_turn(run)
    rule = _require_rule(run, civil_day(at))
    settings = _require_settings(run)
    profile = _require_profile(run)
    _require_parameters(run.month)
    if profile.code == EMPLOYEE:
        require_legal_rate(settings.hourly_rate, run.month)
    last_day = Month(run.month).last
    lock_for_run(run_key=run.pk, cohort_id=run.cohort_id, last_day=last_day, actor=actor, at=at)
    settle_for_run(run_key=run.pk, cohort_id=run.cohort_id, last_day=last_day)
    photograph = take_photograph(run=run, rule=rule, settings=settings, profile=profile)
    _require_waiver(run, len(photograph["people"]))
    envelope = envelope_of(
        sales=total_amount(photograph["sales"]),
        expenses=total_amount(photograph["expenses"]),
        reserve=run.reserve,
        fee=fee_in(photograph),
        idle=idle_cost_in(photograph),
    )
    _require_pot(envelope)
    states.move(
        run,
        PayRunState.FROZEN,
        allowed=RUN_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        rule=rule,
        settings=settings,
        profile=profile,
        photograph=photograph,
        photograph_hash=fingerprint(photograph),
        sales=envelope.sales,
        expenses=envelope.expenses,
        contribution=envelope.contribution,
        idle_cost=envelope.idle,
        envelope=envelope.amount,
        frozen_by_id=actor.person_id,
        frozen_at=at,
    )
    return run


@transaction.atomic
def reopen_run(*, run: PayRun, reason: str, actor: Actor, at: dt.datetime) -> PayRun:
    """Give hours and money back and return to the draft, before issue only; the shares are forgotten.

    `reason` is kept in the log, and compulsory. Reopening a draft changes nothing. Raises Refused
    once issued or without a reason, Stale when somebody acted first.
    """
    run = hold(run)
    if run.state == PayRunState.DRAFT:
        return run
    if run.is_issued:
        raise Refused(
            _(
                "Les bulletins sont émis : ils ne changent plus. Une erreur se corrige par un nouveau bulletin."
            )
        )
    if not reason.strip():
        raise Refused(_("Dites en une phrase pourquoi la paie est rouverte."), field="reason")
    unlock_run(run_key=run.pk, actor=actor, at=at)
    unsettle_run(run_key=run.pk)
    run.shares.all().delete()
    nothing = dict.fromkeys(
        ("rule", "settings", "profile", "photograph", "frozen_by", "frozen_at", "computed_at",
         "reviewed_by", "reviewed_at", "approved_by", "approved_at")
    )  # fmt: skip
    states.move(
        run,
        PayRunState.DRAFT,
        allowed=RUN_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=reason.strip(),
        photograph_hash="",
        sales=0,
        expenses=0,
        contribution=0,
        idle_cost=0,
        envelope=0,
        **nothing,
    )
    return run


def _require_rule(run: PayRun, day: dt.date) -> SplitRule:
    rule = rule_of_month(run.cohort_id, run.month, day)
    if rule is None:
        raise Refused(
            _(
                "Le groupe n’a pas encore voté de règle de partage. Ouvrez un vote dans « Décisions »."
            )
        )
    return rule


def _require_settings(run: PayRun) -> HostSettings:
    settings = settings_of_month(run.cohort.host_id, run.month)
    if settings is None:
        raise Refused(_("La coopérative hôte n’a pas encore rempli ses réglages de paie."))
    return settings


def _require_profile(run: PayRun) -> ContributionProfile:
    codes = profile_codes_of_month(run.cohort_id, run.month)
    if len(codes) > 1:
        both = under_two_kinds(run.cohort_id, run.month)
        if both:
            raise Refused(
                _(
                    "%(names)s : un CAPE et un contrat de travail le même mois. Une paie ne traite "
                    "qu’une sorte de contrat. Corrigez les dates, ou payez une des deux hors de la "
                    "plateforme."
                )
                % {"names": ", ".join(both)}
            )
        raise Refused(
            _(
                "Ce mois-ci, des personnes ont un CAPE et d’autres un contrat de travail. "
                "Une paie ne traite qu’une sorte de contrat."
            )
        )
    profile = profile_of_month(run.cohort.host_id, codes[0], run.month)
    if profile is None:
        raise Refused(
            _("La coopérative hôte n’a pas encore de profil de cotisations pour ces contrats.")
        )
    if is_expired(profile.in_force_from, run.month):
        raise Refused(
            _(
                "Le profil de cotisations date de %(was)s : les règles changent chaque 1er janvier. "
                "La coopérative hôte écrit une nouvelle version pour %(now)s, et la confirme."
            )
            % {"was": profile.in_force_from.year, "now": run.month.year}
        )
    return profile


def _refuse_out_of_turn(run: PayRun) -> None:
    """Remainders and year-to-date amounts pass from one run to the next: one after the other."""
    Cohort.objects.select_for_update(no_key=True).get(pk=run.cohort_id)
    others = PayRun.objects.of_cohort(run.cohort_id).exclude(pk=run.pk).order_by("month")
    under_way = others.filter(state__in=UNDER_WAY).first()
    if under_way is not None:
        raise Refused(
            _("La paie de %(month)s n’est pas terminée. Terminez-la avant celle-ci.")
            % {"month": Month(under_way.month)}
        )
    later = others.filter(state__in=ISSUED_STATES, month__gt=run.month).first()
    if later is not None:
        raise Refused(
            _(
                "La paie de %(month)s est déjà émise. Les heures en retard entrent dans la prochaine paie."
            )
            % {"month": Month(later.month)}
        )


def _require_parameters(month: dt.date) -> None:
    try:
        load_params(month)
    except MonthNotCovered as error:
        raise Refused(str(error)) from error


def _require_waiver(run: PayRun, people: int) -> None:
    if run.waived_people > people:
        raise Refused(
            _(
                "%(waived)s personnes dispensées de la part fixe, mais %(people)s partagent le pot. "
                "Corrigez le brouillon."
            )
            % {"waived": run.waived_people, "people": people}
        )


def _require_pot(envelope: Envelope) -> None:
    try:
        require_something(envelope)
    except EmptyPot as error:
        raise Refused(str(error)) from error
