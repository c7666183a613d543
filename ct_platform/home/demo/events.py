"""The doors the demo cohort opens: an inauguration that took place, a market to come."""

import datetime as dt

from cohorts.enums.events import AnsweredBy
from cohorts.models import Event, EventGuest, EventMessage
from cohorts.services import contacts, event_messages
from cohorts.services.event_guests import GuestSaid, add_guests, answer_invitation, note_who_came
from cohorts.services.events import EventWishes, plan_event
from ct_platform.home.demo.scene import DAY, Scene, hour

_INAUGURATION = (
    GuestSaid(kind="elected", name="Mireille Castan", organisation="Ville de Valbrune",
              email="mireille.castan@exemple.test"),
    GuestSaid(kind="firm", name="Olivier Praz", organisation="Hôtel des Remparts",
              email="olivier.praz@exemple.test", phone="+33639981201"),
    GuestSaid(kind="association", name="Fanta Doumbia", organisation="Les Voisins du Plateau",
              address="2 rue du Lavoir", postcode="99100", city="Valbrune"),
    GuestSaid(kind="authority", name="Jean Roussel", organisation="Préfecture",
              email="jean.roussel@exemple.test"),
)  # fmt: skip
_MARKET = (
    GuestSaid(kind="firm", name="Sabine Keller", organisation="Jardinerie du Val",
              email="sabine.keller@exemple.test"),
    GuestSaid(kind="inhabitant", name="André Blanc", address="8 allée des Tilleuls",
              postcode="99100", city="Valbrune"),
    GuestSaid(kind="firm", name="Lucas Ferrer", organisation="Traiteur Ferrer",
              email="lucas.ferrer@exemple.test"),
    GuestSaid(kind="elected", name="Mireille Castan", organisation="Ville de Valbrune",
              email="mireille.castan@exemple.test"),
)  # fmt: skip


def open_doors(scene: Scene) -> None:
    """Four guests and three people met at the inauguration; a market, two answers, a letter to post."""
    _inaugurate(scene)
    _prepare_the_market(scene)


def _inaugurate(scene: Scene) -> None:
    day = max(scene.today - 17 * DAY, scene.cohort.starts_on)
    before = hour(day - 10 * DAY)
    event = plan_event(
        cohort=scene.cohort,
        wishes=EventWishes(
            kind="inauguration", title="Inauguration de notre local",
            place="Maison de quartier, 5 rue des Halles, Valbrune", day=day,
            starts=dt.time(17), ends=dt.time(19, 30),
            description="Le jardin, les bouquets et la cuisine du Plateau ouvrent leurs portes.",
            organisers=_keys(scene, "Sarr", "Guérin"),
        ),
        actor=scene.coordinator,
        at=before,
    )  # fmt: skip
    castan, praz, doumbia, roussel = _invited(scene, event, _INAUGURATION, before)
    for guest, word, count in (
        (castan, "yes", 2),
        (praz, "yes", 1),
        (doumbia, "yes", 4),
        (roussel, "no", 0),
    ):
        answer_invitation(
            guest=guest, answer=word, people=count, by=AnsweredBy.LINK, at=before + 2 * DAY
        )
    came = {castan.pk: 2, praz.pk: 1, doumbia.pk: 5}
    note_who_came(event=event, came=came, actor=scene.coordinator, at=hour(day, 20))
    _meet(scene, event, hour(day, 20))


def _meet(scene: Scene, event: Event, at: dt.datetime) -> None:
    """Two agreed that each keeps their address, one of them is somebody's; the third is proposed."""
    said = contacts.Consent(on=event.day, way="aloud", words="Oui, qu’ils m’appellent.")
    praz = contacts.add_contact(
        cohort=scene.cohort, event=event, met_by=scene.people["Sarr"], consent=said,
        said=contacts.ContactSaid(
            name="Olivier Praz", organisation="Hôtel des Remparts", role="directeur",
            phone="+33639981201", email="olivier.praz@exemple.test", opens=("order", "internship"),
            note="Cherche des bouquets pour l’accueil, chaque lundi.",
        ),
        actor=scene.coordinator, at=at,
    )  # fmt: skip
    contacts.add_contact(
        cohort=scene.cohort, event=event, met_by=scene.people["Guérin"], consent=None,
        said=contacts.ContactSaid(
            name="Mireille Castan", organisation="Ville de Valbrune", role="adjointe au commerce",
            email="mireille.castan@exemple.test", opens=("premises",),
        ),
        actor=scene.coordinator, at=at,
    )  # fmt: skip
    contacts.add_contact(
        cohort=scene.cohort, event=event, met_by=None, consent=said,
        said=contacts.ContactSaid(
            name="Fanta Doumbia", organisation="Les Voisins du Plateau", phone="+33639981203",
            opens=("equipment", "advice"),
        ),
        actor=scene.voice("Belhadj"), at=at,
    )  # fmt: skip
    contacts.keep_for_oneself(contact=praz, actor=scene.voice("Sarr"), at=at + DAY)


def _prepare_the_market(scene: Scene) -> None:
    day = min(scene.today + 9 * DAY, scene.cohort.ends_on)
    event = plan_event(
        cohort=scene.cohort,
        wishes=EventWishes(
            kind="market", title="Marché du Plateau", place="Place des Halles, Valbrune", day=day,
            half="morning", is_public=True, organisers=_keys(scene, "Teixeira", "Lebrun"),
            description="Bouquets, légumes et soupes, vendus par celles et ceux qui les ont faits.",
        ),
        actor=scene.coordinator,
        at=scene.at,
    )  # fmt: skip
    keller, _blanc, ferrer, _castan = _invited(scene, event, _MARKET, scene.at, left_out=1)
    for guest, count in ((keller, 2), (ferrer, 1)):
        answer_invitation(guest=guest, answer="yes", people=count, by=AnsweredBy.LINK, at=scene.at)


def _invited(
    scene: Scene, event: Event, said: tuple[GuestSaid, ...], at: dt.datetime, left_out: int = 0
) -> list[EventGuest]:
    """Written down, and invited but for the last ones. What was sent in the past left then."""
    guests = add_guests(event=event, said=said, actor=scene.coordinator, at=at).guests
    chosen = [one.pk for one in guests[: len(guests) - left_out]]
    written = event_messages.invite(
        event=event, keys=chosen, word="Un café sera offert.", actor=scene.coordinator, at=at
    )
    past = [one for one in written if event.day < scene.today]
    letters = [one.pk for one in past if one.is_letter]
    event_messages.note_posted(event=event, keys=letters, seen_version=1, at=at)
    EventMessage.objects.filter(pk__in=[one.pk for one in past if not one.is_letter]).update(
        status="done", finished_at=at
    )
    return guests


def _keys(scene: Scene, *names: str) -> tuple[int, ...]:
    return tuple(scene.enrolments[name].pk for name in names)
