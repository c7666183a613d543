"""What the demo cohort decided since its first week, one way of voting after the other."""

import datetime as dt
from typing import Any

from ct_platform.home.demo.keys import bring_keys, take_keys
from ct_platform.home.demo.people import COOPERANTS
from ct_platform.home.demo.scene import (
    DAY,
    Ballot,
    Scene,
    codes,
    hour,
    last_month,
    terms_for,
)
from ct_platform.kit import clock
from decisions.models import Poll, Proposal
from decisions.services import discussion, objections, opening, polls, proposals, statutes
from projects.enums import WorkKind

NAMES = [one.last_name for one in COOPERANTS]


def adopt_rules(scene: Scene) -> None:
    """On the first Friday, fourteen people of fifteen agreed on how they would decide."""
    statutes.adopt_statutes(
        cohort=scene.cohort,
        rules={
            "quorum_numerator": 1,
            "quorum_denominator": 2,
            "majority_base": "expressed",
            "notice_hours": 24,
            "proxies_per_holder": 1,
            "tie_rule": "round",
            "consent_rounds": 3,
            "seal_persons": True,
            "seal_money": False,
            "concerned_vote": True,
        },
        agreed=14,
        actor=scene.coordinator,
        at=hour(scene.cohort.starts_on + 4 * DAY, 16),
    )


def choose_a_name(scene: Scene) -> None:
    """Approval: in its second week the group chose its name."""
    names = ("Les Racines du Plateau", "La Botte de radis", "Quinze et plus", "Le Bon Plateau")
    liked = ((0, 1), (0,), (0, 3), (0, 2), (1,), (0, 1), (0,), (2, 3), (0, 3), (0,), (1, 2), (0, 1))
    opened = hour(scene.cohort.starts_on + 7 * DAY)
    poll = _ask(
        scene,
        "Comment s’appelle notre coopérative ?",
        "Le nom sera sur l’étal, sur les factures et sur les bulletins de paie.",
        "pick",
        {"answers": "\n".join(names), "in_force_from": None},
        opened,
        opened + 2 * DAY,
    )
    scene.cast(poll, _approvals(poll, liked), opened + DAY)
    _close(scene, poll)


def vote_on_sharing(scene: Scene) -> None:
    """One choice: in the first days of last month the group chose half equal, half hours."""
    opened = hour(last_month(scene.at).first)
    closes = opened + 2 * DAY
    poll = opening.put_to_vote(
        cohort=scene.cohort,
        title="Comment partager le pot commun ?",
        text="La même règle pour toute la coopérative, jusqu’au prochain vote.",
        effect_code="sharing_rule",
        effect_settings={
            "counted_kinds": list(WorkKind.values),
            "in_force_from": clock.civil_day(closes).isoformat(),
        },
        closes_at=closes,
        actor=scene.coordinator,
        at=opened,
    )
    choices = ("half",) * 8 + ("hours",) * 3 + ("equal",) * 2
    said = [(name, {"choice": code}) for name, code in zip(NAMES, choices, strict=False)]
    scene.cast(poll, said, opened + dt.timedelta(hours=3))
    _close(scene, poll)


def agree_on_breaks(scene: Scene) -> None:
    """Consent: Moussa objected, Chantal changed the text, and the second round adopted it."""
    day = last_month(scene.at).first + 4 * DAY
    carried_by = scene.enrolments["Guérin"]
    settings = {
        "owner": str(carried_by.pk),
        "name": carried_by.person.full_name,
        "in_force_from": None,
        "review_on": (scene.today + 9 * DAY).isoformat(),
        "ends_on": None,
    }
    proposal = proposals.write_proposal(
        cohort=scene.cohort,
        title="Une pause à heure fixe, chaque matin ?",
        text="Vingt minutes à 10 heures, au jardin, à l’étal et en cuisine. Tout le monde s’arrête.",
        effect_code="living_rule",
        effect_settings=settings,
        actor=scene.voice("Guérin"),
        at=hour(day, 9),
    )
    first = _open(scene, proposal, hour(day + DAY), hour(day + 3 * DAY, 18))
    objection = "Le samedi à 10 heures l’étal est plein : on ne peut pas tous s’arrêter."
    _consent(scene, first, objection)
    _close(scene, first)
    change = discussion.contribute(
        proposal=proposal,
        kind="amendment",
        text="Le samedi, on s’arrête chacun son tour.",
        actor=scene.voice("Diabaté"),
        at=hour(day + 4 * DAY, 11),
    )
    discussion.take_in(
        change=change,
        text=(
            "Vingt minutes à 10 heures, au jardin, à l’étal et en cuisine. "
            "Le samedi, à l’étal, on s’arrête chacun son tour."
        ),
        effect_settings=settings,
        said="Le samedi, la pause se prend chacun son tour.",
        actor=scene.voice("Guérin"),
        at=hour(day + 4 * DAY, 17),
    )
    second = opening.open_next_round(
        poll=first,
        closes_at=hour(day + 7 * DAY, 18),
        actor=scene.coordinator,
        at=hour(day + 5 * DAY),
    )
    _consent(scene, second, "Et si deux personnes s’arrêtent en même temps ?")
    objections.settle(
        poll=second,
        state="integrated",
        actor=scene.voice("Diabaté"),
        at=hour(day + 6 * DAY, 19),
    )
    _close(scene, second)


def choose_a_treasurer(scene: Scene) -> None:
    """Majority judgment, sealed: three keys, fourteen ballots, two keys to open the urn."""
    day = last_month(scene.at).first + 15 * DAY
    names = scene.names("Cherif", "Ouali", "Moroz")
    poll = _ask(
        scene,
        "Qui tient la trésorerie ?",
        "Elle compte la caisse à deux, chaque samedi, et rend des comptes chaque mois.",
        "mandate",
        {
            "title": "Trésorerie",
            "people": list(names),
            "names": names,
            "seats": 1,
            "in_force_from": None,
            "ends_on": scene.cohort.ends_on.isoformat(),
            "replaces": True,
        },
        hour(day),
        hour(day + 4 * DAY, 18),
    )
    poll = take_keys(scene, poll, hour(day + DAY))
    grades = ((4, 2, 1), (3, 3, 2), (4, 1, 3), (2, 4, 1), (4, 2, 2), (3, 1, 1), (4, 3, 0))
    scene.cast(
        poll,
        [
            (name, {"grades": dict(zip(codes(poll), given, strict=True))})
            for name, given in zip(NAMES, grades * 2, strict=False)
        ],
        hour(day + 2 * DAY),
    )
    polls.close_poll(poll=poll, actor=None, at=poll.closes_at)
    bring_keys(scene, poll, hour(day + 5 * DAY, 9))


def put_projects_in_order(scene: Scene) -> None:
    """Ranking: what to do first."""
    day = last_month(scene.at).first + 20 * DAY
    works = (
        "Réparer la serre",
        "Peindre l’enseigne",
        "Acheter une balance",
        "Refaire les étiquettes",
    )
    orders = ((0, 2, 1, 3), (2, 0, 3, 1), (0, 1, 2, 3), (2, 3, 0, 1), (0, 2, 3, 1), (1, 0, 2, 3))
    poll = _ask(
        scene,
        "Que fait-on en premier à l’atelier ?",
        "On n’a pas le temps de tout faire ce mois-ci.",
        "order",
        {"answers": "\n".join(works), "in_force_from": None},
        hour(day),
        hour(day + 2 * DAY, 18),
    )
    answers = codes(poll)
    scene.cast(
        poll,
        [
            (name, {"ranking": [[answers[place]] for place in order]})
            for name, order in zip(NAMES, orders * 2, strict=False)
        ],
        hour(day + DAY),
    )
    _close(scene, poll)


def spend_the_reserve(scene: Scene) -> None:
    """Equal shares: two hundred euros over several uses."""
    day = last_month(scene.at).first + 23 * DAY
    uses = ("Outils de jardin : 85.00", "Seaux et vases : 45.00", "Grande marmite : 70.00",
            "Visite du marché de gros : 120.00")  # fmt: skip
    liked = ((0, 1), (0, 3), (2,), (0, 2), (1, 2), (2, 0), (1,), (2, 1), (0,), (1, 3), (2,), (0, 3))
    poll = _ask(
        scene,
        "À quoi sert la réserve de 200 euros ?",
        "Ce qui reste retourne au pot commun.",
        "spend_reserve",
        {
            "budget": "200.00",
            "uses": "\n".join(uses),
            "in_force_from": None,
            "ends_on": scene.cohort.ends_on.isoformat(),
        },
        hour(day),
        hour(day + 2 * DAY, 18),
    )
    scene.cast(poll, _approvals(poll, liked), hour(day + DAY))
    _close(scene, poll)


def _ask(
    scene: Scene,
    title: str,
    text: str,
    effect_code: str,
    settings: dict[str, Any],
    opens: dt.datetime,
    closes: dt.datetime,
) -> Poll:
    """Put to vote by the method and secrecy that the chooser recommends."""
    poll: Poll = opening.put_to_vote(
        cohort=scene.cohort,
        title=title,
        text=text,
        effect_code=effect_code,
        effect_settings=settings,
        closes_at=closes,
        actor=scene.coordinator,
        at=opens,
        terms=terms_for(effect_code),
    )
    return poll


def _open(scene: Scene, proposal: Proposal, opens: dt.datetime, closes: dt.datetime) -> Poll:
    poll: Poll = opening.open_poll(
        proposal=proposal,
        closes_at=closes,
        actor=scene.coordinator,
        at=opens,
        terms=terms_for(proposal.effect_code),
    )
    return poll


def _approvals(poll: Poll, liked: tuple[tuple[int, ...], ...]) -> list[tuple[str, Ballot]]:
    answers = codes(poll)
    return [
        (name, {"approve": [answers[place] for place in places]})
        for name, places in zip(NAMES, liked, strict=False)
    ]


def _consent(scene: Scene, poll: Poll, objection: str) -> None:
    """Moussa objects, Yvette has a concern, nine people consent."""
    opened = poll.opened_at or scene.at
    others = [name for name in NAMES[:11] if name != "Diabaté"]
    said: list[tuple[str, Ballot]] = [(name, {"voice": "consent"}) for name in others]
    said[-2] = ("Morel", {"voice": "concern", "text": "Il faudra un banc à l’ombre."})
    said.append(("Diabaté", {"voice": "objection", "text": objection}))
    scene.cast(poll, said, opened + DAY)


def _close(scene: Scene, poll: Poll) -> None:
    """The clock closes and counts it, and its messages left when it opened."""
    scene.told(poll, poll.opened_at or scene.at)
    polls.close_poll(poll=poll, actor=None, at=poll.closes_at)
