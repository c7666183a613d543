"""What must always be true of sharing rules; `check_consistency` asks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from decisions.enums import EffectState
from decisions.models import Outcome
from payroll.effects import CODE
from payroll.models import SplitRule


def _adopted_without_rule() -> Iterator[str]:
    """An applied effect wrote its rule, and every rule comes from an applied effect."""
    applied = Outcome.objects.filter(law=CODE, effect_state=EffectState.APPLIED)
    for outcome in applied.filter(split_rule__isnull=True):
        yield _("Décision n° %(n)s (cohorte %(c)s) : appliquée, mais aucune règle écrite.") % {
            "n": outcome.number,
            "c": outcome.cohort_id,
        }
    for rule in SplitRule.objects.exclude(outcome__in=applied):
        yield _("Règle n° %(v)s (cohorte %(c)s) : aucune décision ne l’a adoptée.") % {
            "v": rule.version,
            "c": rule.cohort_id,
        }


def register_invariants() -> None:
    register(
        Invariant(
            "payroll.rule_is_adopted",
            "Une règle de partage vient d’une décision appliquée, et d’une seule.",
            _adopted_without_rule,
        )
    )
