"""The assemblies of the demo cohort: one held, counted in the room and signed, one convened."""

import datetime as dt

from ct_platform.home.demo.scene import DAY, Scene, hour, last_month, terms_for
from ct_platform.kit.actor import Actor
from decisions.models import Assembly, Poll
from decisions.services import (
    assemblies,
    ballots,
    minutes,
    opening,
    polls,
    proposals,
    proxies,
    room,
)
from decisions.services.minutes_text import text_hash, text_of
from projects.models import Project

PRESENT = ("Keïta", "Belhadj", "Sarr", "Cherif", "Diabaté", "Fontaine", "Guérin", "Teixeira", "Lebrun",
           "Pinto", "Vasseur")  # fmt: skip
BY_HAND = ("Lebrun", "Pinto", "Vasseur")
ON_THE_PHONE = ("Keïta", "Belhadj", "Sarr", "Cherif", "Diabaté", "Fontaine", "Guérin", "Teixeira")


def meet(scene: Scene) -> None:
    """A price, voted on phones and by hands in the same count; minutes signed by two."""
    day = last_month(scene.at).first + 13 * DAY
    proposal = proposals.write_proposal(
        cohort=scene.cohort,
        title="Le bouquet du samedi à 12 euros ?",
        text="Il est à 10 euros depuis le début. Les fleurs coupées ont augmenté.",
        effect_code="price",
        effect_settings={
            "project": str(Project.objects.of_cohort(scene.cohort.pk).get(trade="fleuriste").pk),
            "label": "Bouquet du samedi",
            "unit": "le bouquet",
            "amount": "12.00",
            "amounts": "",
            "in_force_from": None,
        },
        actor=scene.voice("Teixeira"),
        at=hour(day - 6 * DAY),
    )
    proxies.give_proxy(
        proposal=proposal,
        giver=scene.enrolments["Morel"],
        holder=scene.enrolments["Teixeira"],
        actor=scene.voice("Morel"),
        at=hour(day - 4 * DAY),
    )
    assembly = assemblies.convene(
        cohort=scene.cohort,
        starts_at=hour(day, 18),
        place="Salle des Tilleuls",
        word="On garde les enfants sur place.",
        proposals=[proposal],
        points=["Le planning du marché"],
        actor=scene.coordinator,
        at=hour(day - 5 * DAY),
    )
    poll = opening.open_poll(
        proposal=proposal,
        closes_at=hour(day, 20),
        actor=scene.coordinator,
        at=hour(day - 3 * DAY),
        terms=terms_for("price"),
    )
    scene.told(poll, hour(day - 3 * DAY))
    scene.cast(poll, [("Haddad", {"choice": "for"})], hour(day - DAY))
    _hold(scene, assembly, poll, day)
    _sign(scene, assembly, hour(day + DAY, 10))


def _hold(scene: Scene, assembly: Assembly, poll: Poll, day: dt.date) -> None:
    members = scene.enrolments
    assemblies.note_attendance(
        assembly=assembly,
        present=[members[name].pk for name in PRESENT],
        represented={members["Morel"].pk: members["Teixeira"].pk},
        observers="Hélène Ferrand, coopérative hôte",
    )
    assemblies.open_assembly(
        assembly=assembly,
        chair_id=members["Keïta"].pk,
        secretary_id=members["Belhadj"].pk,
        actor=scene.coordinator,
        at=hour(day, 18, 5),
    )
    answers = ("for",) * 5 + ("against", "for", "for")
    said = [(name, {"choice": one}) for name, one in zip(ON_THE_PHONE, answers, strict=True)]
    scene.cast(poll, said, hour(day, 18, 30))
    ballots.cast(
        poll=poll,
        ballot={"choice": "for"},
        actor=scene.voice("Teixeira"),
        at=hour(day, 18, 31),
        represented_id=members["Morel"].pk,
    )
    room.tick(poll=poll, enrolment_ids=[members[name].pk for name in BY_HAND], at=hour(day, 18, 32))
    for teller in (scene.coordinator, scene.voice("Sarr")):
        room.type_hands(
            poll=poll, figures={"for": 2, "against": 0, "abstain": 1, "blank": 0}, actor=teller
        )
    market = assembly.agenda.get(poll__isnull=True)
    price = assembly.agenda.get(poll=poll)
    assemblies.write_debate(
        assembly=assembly,
        said={
            price.pk: "Rosa montre les factures de fleurs. Léa craint de perdre les habitués.",
            market.pk: "On tourne à trois chaque samedi. La liste est au mur de la cuisine.",
        },
        papers_shown="Factures de fleurs des trois dernières semaines",
    )
    assemblies.close_assembly(assembly=assembly, actor=scene.coordinator, at=hour(day, 19, 40))
    polls.close_poll(poll=poll, actor=None, at=poll.closes_at)


def _sign(scene: Scene, assembly: Assembly, at: dt.datetime) -> None:
    """Chair and secretary, each on their own phone, sign the text they read."""
    signers: list[Actor] = [scene.voice("Keïta"), scene.voice("Belhadj")]
    for signer in signers:
        held = Assembly.objects.get(pk=assembly.pk)
        minutes.sign_minutes(assembly=held, read_hash=text_hash(text_of(held)), actor=signer, at=at)
