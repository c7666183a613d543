"""What the demo cohort is deciding on the day one visits: talked about, put to vote, convened."""

import datetime as dt
from typing import Any

from ct_platform.home.demo.decided import NAMES
from ct_platform.home.demo.keys import OPEN_TITLE, take_keys
from ct_platform.home.demo.scene import DAY, Ballot, Scene, codes, hour, terms_for
from ct_platform.kit import clock
from decisions.models import Contribution, Proposal
from decisions.rules.terms import Terms
from decisions.services import assemblies, discussion, opening, proposals, proxies
from projects.enums import WorkKind
from projects.models import Project

# The first three of the list have not voted: one enters as them to vote.
VOTED = NAMES[3:8]


def open_votes(scene: Scene) -> None:
    """Three votes wait for the visitor: a price, people to choose in secret, the next sharing rule."""
    garden = Project.objects.of_cohort(scene.cohort.pk).get(trade="maraichage")
    yesterday = scene.today - DAY
    price = opening.put_to_vote(
        cohort=scene.cohort,
        title="Le panier de légumes à 15 euros ?",
        text="Il pèse 5 kilos. Aujourd’hui chacun fait son prix : on le met au même partout.",
        effect_code="price",
        effect_settings={
            "project": str(garden.pk),
            "label": "Panier de légumes",
            "unit": "le panier",
            "amount": "15.00",
            "amounts": "",
            "in_force_from": None,
        },
        closes_at=hour(scene.today + 2 * DAY, 18),
        actor=scene.coordinator,
        at=hour(yesterday, 9),
        terms=terms_for("price"),
    )
    voices = ("for", "for", "against", "abstain", "for")
    said = [(name, {"choice": voice}) for name, voice in zip(VOTED, voices, strict=True)]
    scene.cast(price, said, hour(yesterday, 18))
    _choose_people(scene)
    _share_again(scene)


def _choose_people(scene: Scene) -> None:
    """Approval, sealed, two seats: its keys are taken, and their words are on the demo page."""
    names = scene.names("Haddad", "Morel", "Pinto", "Vasseur")
    opened = hour(scene.today - 2 * DAY, 9)
    poll = opening.put_to_vote(
        cohort=scene.cohort,
        title=OPEN_TITLE,
        text="Deux personnes préparent l’étal du samedi et tiennent le planning.",
        effect_code="mandates",
        effect_settings={
            "title": "Commission marché",
            "people": list(names),
            "names": names,
            "seats": 2,
            "in_force_from": None,
            "ends_on": scene.cohort.ends_on.isoformat(),
            "replaces": True,
        },
        closes_at=hour(scene.today + 3 * DAY, 18),
        actor=scene.coordinator,
        at=opened,
        terms=terms_for("mandates"),
    )
    poll = take_keys(scene, poll, opened + dt.timedelta(hours=2))
    answers = codes(poll)
    liked = ((0, 3), (3,), (1, 3), (0, 1), (2, 3), (0,), (3, 1), (0, 3), (3,))
    said = [
        (name, {"approve": [answers[place] for place in places]})
        # Enough for the quorum: a visitor who ends it early sees the urn opened.
        for name, places in zip(NAMES[3:12], liked, strict=True)
    ]
    scene.cast(poll, said, hour(scene.today - DAY, 12))


def _share_again(scene: Scene) -> None:
    closes = hour(scene.today + 4 * DAY, 18)
    poll = opening.put_to_vote(
        cohort=scene.cohort,
        title="Comment partager le mois prochain ?",
        text="On essaie une autre règle, ou on garde la même ?",
        effect_code="sharing_rule",
        effect_settings={
            "counted_kinds": list(WorkKind.values),
            "in_force_from": clock.civil_day(closes).isoformat(),
        },
        closes_at=closes,
        actor=scene.coordinator,
        at=scene.at - dt.timedelta(hours=2),
        # The group opened its votes on money: everybody reads who chose what, at the end.
        terms=Terms("majority-judgment", {}, "open"),
    )
    grades = {"half": 4, "hours": 3, "equal": 1}
    ballot: Ballot = {"grades": {code: grades.get(code, 2) for code in codes(poll)}}
    scene.cast(poll, [(name, ballot) for name in VOTED], scene.at - dt.timedelta(hours=1))


def discuss(scene: Scene) -> None:
    """Two proposals are talked about; the riper one goes to the next assembly."""
    day = scene.today - 6 * DAY
    wednesday = _living_rule(
        scene,
        "Ouvrir l’étal aussi le mercredi ?",
        "L’étal ouvre le mercredi de 9 heures à 13 heures, à partir du mois prochain.",
        by="Fontaine",
        at=hour(day, 10),
    )

    def say(kind: str, text: str, by: str, days: int) -> Contribution:
        return discussion.contribute(
            proposal=wednesday, kind=kind, text=text, actor=scene.voice(by),
            at=hour(day + days * DAY, 17),
        )  # fmt: skip

    say("pro", "Le mercredi, les parents passent à la sortie de l’école.", "Sarr", 1)
    say("pro", "Les légumes cueillis le mardi seraient vendus frais.", "Belhadj", 1)
    say("con", "Le mercredi, beaucoup d’entre nous gardent les enfants.", "Cherif", 2)
    question = say("question", "Combien coûte la place au marché le mercredi ?", "Haddad", 2)
    discussion.answer(
        question=question,
        text="Douze euros la matinée, j’ai demandé à la mairie.",
        actor=scene.voice("Fontaine"),
        at=hour(day + 3 * DAY, 9),
    )
    shorter = say("amendment", "Fermer à midi : à 13 heures, la place est vide.", "Teixeira", 3)
    discussion.take_in(
        change=shorter,
        text="L’étal ouvre le mercredi de 9 heures à midi, à partir du mois prochain.",
        effect_settings=_rule_settings(scene),
        said="On ferme à midi.",
        actor=scene.voice("Fontaine"),
        at=hour(day + 4 * DAY, 12),
    )
    say("amendment", "Essayer un mois, puis en reparler.", "Lebrun", 4)
    _trailer(scene)
    _convene(scene, wednesday)


def _trailer(scene: Scene) -> None:
    day = scene.today - 2 * DAY
    proposal = proposals.write_proposal(
        cohort=scene.cohort,
        title="Acheter une remorque d’occasion ?",
        text="Elle porte douze cageots. Le garage de la rue des Halles la garde jusqu’à la fin du mois.",
        effect_code="spending_limit",
        effect_settings={
            "label": "Remorque d’occasion",
            "amount": "180.00",
            "holder": str(scene.enrolments["Vasseur"].pk),
            "name": scene.enrolments["Vasseur"].person.full_name,
            "in_force_from": None,
            "ends_on": None,
        },
        actor=scene.voice("Vasseur"),
        at=hour(day, 15),
    )
    discussion.contribute(
        proposal=proposal,
        kind="question",
        text="Qui a un crochet d’attelage ?",
        actor=scene.voice("Ouali"),
        at=hour(day, 20),
    )


def _convene(scene: Scene, proposal: Proposal) -> None:
    """In five days; Dolorès, who will be away, already gave her voice."""
    assemblies.convene(
        cohort=scene.cohort,
        starts_at=hour(scene.today + 5 * DAY, 18),
        place="Salle des Tilleuls",
        word="On apporte chacun quelque chose à manger.",
        proposals=[proposal],
        points=["La fête du quartier", "Qui visite le marché de gros"],
        actor=scene.coordinator,
        at=scene.at - dt.timedelta(hours=3),
    )
    proxies.give_proxy(
        proposal=proposal,
        giver=scene.enrolments["Pinto"],
        holder=scene.enrolments["Sarr"],
        actor=scene.voice("Pinto"),
        at=scene.at - dt.timedelta(hours=1),
    )


def _living_rule(scene: Scene, title: str, text: str, *, by: str, at: dt.datetime) -> Proposal:
    proposal: Proposal = proposals.write_proposal(
        cohort=scene.cohort,
        title=title,
        text=text,
        effect_code="living_rule",
        effect_settings=_rule_settings(scene),
        actor=scene.voice(by),
        at=at,
    )
    return proposal


def _rule_settings(scene: Scene) -> dict[str, Any]:
    carried_by = scene.enrolments["Fontaine"]
    return {
        "owner": str(carried_by.pk),
        "name": carried_by.person.full_name,
        "in_force_from": None,
        "review_on": (scene.today + 60 * DAY).isoformat(),
        "ends_on": None,
    }
