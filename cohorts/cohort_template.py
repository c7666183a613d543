"""The template a new cohort is cut from: its phases, its size, words of skills.

Decisions add the statutes."""

from dataclasses import dataclass

from cohorts.enums import PhaseKind
from cohorts.rules import PhaseShare
from cohorts.rules.skills import SkillWords


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

# Words to start from: the group keeps, changes or throws them away before adopting its own.
SKILLS = (
    SkillWords("Travailler en équipe", "Je fais ma part et j’aide les autres."),
    SkillWords("Être à l’heure", "On peut compter sur moi ; je préviens si je ne viens pas."),
    SkillWords("Décider ensemble", "J’écoute, je donne mon avis, je respecte ce qui est voté."),
    SkillWords("Accueillir un client", "Je dis bonjour, je renseigne, je garde mon calme."),
    SkillWords("Prospecter", "Je vais voir des gens pour leur proposer ce qu’on fait."),
    SkillWords("Négocier un prix", "J’explique notre prix et je trouve un accord."),
    SkillWords("Argumenter", "J’explique pourquoi, avec des exemples."),
    SkillWords("Compter et tenir la caisse", "Je rends la monnaie et je note ce qui est vendu."),
)
