"""The template a new cohort is cut from: its phases and its size. Decisions add the statutes."""

from dataclasses import dataclass

from cohorts.enums import PhaseKind
from cohorts.rules import PhaseShare


@dataclass(frozen=True, slots=True)
class CohortTemplate:
    """`phases` in thousandths of the cohort's days; they overlap: people train while they work."""

    code: str
    seats: int
    phases: tuple[PhaseShare, ...]


THREE_TO_SIX_MONTHS = CohortTemplate(
    code="three_to_six_months",
    seats=15,
    phases=(
        # One week whatever the length: it is called the week of integration.
        PhaseShare(PhaseKind.INTEGRATION, 0, 0, days=7),
        PhaseShare(PhaseKind.BUILDING, 0, 320, after=7),
        PhaseShare(PhaseKind.TRAINING, 136, 660),
        PhaseShare(PhaseKind.ACTIVITY, 272, 932),
        PhaseShare(PhaseKind.CLOSING, 884, 1000),
    ),
)
