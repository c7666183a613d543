"""Step 6: a vote on the sharing rule, opened, cast on phones, counted; the rule is in force."""

from playwright.sync_api import expect

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from decisions.models import Ballot, Poll
from decisions.services.ballots import cast
from payroll.models import SplitRule
from tests.browser.visitor import Visitor, words

QUESTION = "Comment partager l’argent de l’automne ?"


def opens_a_vote(ines: Visitor, cohort: Cohort) -> Poll:
    ines.opens("decisions:of_cohort", cohort_id=cohort.pk)
    ines.follows("Ouvrir un vote")
    ines.follows("Choisir la règle de partage")
    ines.fills(title=QUESTION, text="On en a parlé lundi. Chacun choisit.")
    ines.sees("Nous proposons le jugement majoritaire")
    ines.chooses("Choisir une réponse")
    ines.chooses("Ouvert")
    ines.presses("Ouvrir le vote")
    expect(ines.page.locator("h1")).to_have_text(words(QUESTION))
    ines.sees("0 sur 15", "Quorum pas encore atteint")
    return Poll.objects.get()


def votes(someone: Visitor, answer: str) -> None:
    someone.opens("home:my_coop")
    someone.follows("Voir et voter")
    someone.chooses(answer)
    someone.presses("Je vote")
    someone.sees("A voté", answer)


def changes_their_mind(someone: Visitor, answer: str) -> None:
    someone.follows("Changer mon vote")
    someone.chooses(answer)
    someone.presses("Je vote")
    someone.sees("Seul le dernier compte", answer)


def the_others_vote(others: list[Actor], poll: Poll, answers: list[str | None]) -> None:
    for other, answer in zip(others, answers, strict=False):
        ballot = {"choice": answer} if answer else {"blank": True}
        cast(poll=poll, ballot=ballot, actor=other, at=clock.now())


def follows_without_seeing_choices(ines: Visitor, poll: Poll) -> None:
    ines.opens("decisions:poll_of_cohort", cohort_id=poll.proposal.cohort_id, poll_id=poll.pk)
    ines.sees("Quorum atteint", "Les choix restent cachés jusqu’à la fin, pour vous aussi")
    ines.sees_not("Qui a choisi quoi")


def counts(ines: Visitor, poll: Poll) -> None:
    ines.opens("decisions:poll_of_cohort", cohort_id=poll.proposal.cohort_id, poll_id=poll.pk)
    ines.presses("Compter maintenant")
    ines.sees("Vote compté", "Règle de partage n° 1", "Décision n° 1 du registre")
    rule = SplitRule.objects.get()
    assert (rule.version, rule.kind) == (1, "half")
    assert rule.in_force_from == clock.today()


def reads_the_result(someone: Visitor, poll: Poll) -> None:
    someone.opens("decisions:register")
    someone.sees(QUESTION, "Moitié")
    someone.opens("decisions:poll", poll_id=poll.pk)
    someone.sees("Qui a choisi quoi", "Amina Sarr")
    assert Ballot.objects.filter(elector__poll=poll).count() == 13
