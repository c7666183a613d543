"""Six phones and a room: a price by hands and phones, a treasurer in secret, the rule of the next pay."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from cohorts.models import Mandate
from decisions.models import Ballot, KeyHolder, Outcome, UrnBallot
from decisions.rules.terms import Terms
from decisions.services import opening, proposals
from decisions.services.due import close_due
from projects.models import AgreedPrice
from tests import personas
from tests.browser.test_every_page import cookie_of
from tests.decisions import meeting
from tests.decisions.assembly import CLOSES_AT, fill
from tests.factories import NOW
from tests.payroll.scene import set_scene

TITLE = "Trésorerie"


@pytest.fixture
def people(transactional_db):
    return personas.build()


@pytest.fixture
def scene(people):
    return set_scene(people)


@pytest.fixture
def nine(people, scene):
    return fill(people.a.cohort, 9)


@pytest.fixture
def enter(visitor, live_server, settings):
    """`enter(user)`: that person's own browser, signed in."""
    settings.SECOND_FACTOR_REQUIRED = False

    def signed_in(user, *, phone=True):
        who = visitor(str(user.pk), phone=phone)
        cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie_of(user)}
        who.page.context.add_cookies([cookie | {"url": live_server.url}])
        return who

    return signed_in


def touch(phone, choice):
    """The tile of a choice, as a finger does: the radio itself is drawn by its label."""
    phone.touches(phone.page.locator(f"label[for='{choice.get_attribute('id')}']").first)


def vote(phone, poll, *answers):
    phone.goes(reverse("decisions:poll", args=[poll.pk]))
    for answer in answers:
        touch(phone, phone.page.locator(f"main input[value={answer}]").first)
    phone.presses("Je vote")
    phone.sees("A voté")


def judge(phone, poll, grades):
    """A grade for each candidate, in the order of the page."""
    phone.goes(reverse("decisions:poll", args=[poll.pk]))
    for fieldset, grade in zip(phone.page.locator("main form fieldset").all(), grades, strict=True):
        touch(phone, fieldset.locator(f"input[value='{grade}']"))
    phone.presses("Vérifier mon choix")
    phone.sees("Rien n’est encore dans l’urne")
    phone.presses("Voter définitivement")
    phone.sees("A voté")


def takes_key(holder, poll):
    """The holder reads six words, keeps them on paper and types two: the paper is what is given back."""
    holder.goes(reverse("decisions:key", args=[poll.pk]))
    holder.presses("Voir mes six mots")
    paper = [item.inner_text().strip() for item in holder.page.locator("main ol li").all()]
    holder.fills(second=paper[1], fifth=paper[4])
    holder.presses("Je garde cette clé")
    return paper


def brings_key(holder, poll, paper):
    holder.goes(reverse("decisions:key", args=[poll.pk]))
    holder.fills(words=" ".join(paper))
    holder.presses("Apporter ma clé")


def test_six_phones_and_a_room_decide_a_price_a_treasurer_and_a_rule(
    people, scene, nine, enter, travel
):
    phones = [enter(one.person.user) for one in nine[:6]]
    driss = enter(people.user("driss"), phone=False)

    # 1. A price, in an assembly: six on their phones, three by hand, counted by two.
    asked = proposals.write_proposal(
        cohort=people.a.cohort,
        title="Le bouquet à 12 euros ?",
        effect_code="price",
        effect_settings={
            "project": scene.project.pk, "label": "Bouquet", "unit": "le bouquet",
            "amount": "12.00", "amounts": "", "in_force_from": "2026-11-28",
        },
        actor=people.actor("driss"),
        at=NOW,
    )  # fmt: skip
    assembly = meeting.opened(people, nine, asked)
    travel(meeting.IN_THE_ROOM)
    price = opening.open_poll(
        proposal=asked,
        closes_at=CLOSES_AT,
        actor=people.actor("driss"),
        at=meeting.IN_THE_ROOM,
        terms=Terms("majority", {"majority": "simple"}),
    )
    for phone, answer in zip(phones, ["for"] * 4 + ["against", "abstain"], strict=True):
        vote(phone, price, answer)
    hands = reverse("decisions:hands", args=[assembly.pk, price.pk])
    driss.goes(hands)
    for one in nine[6:]:
        driss.page.locator(f"input[type=checkbox][value='{one.pk}']").check()
    driss.presses("Noter qui vote dans la salle")
    driss.sees("3 personnes votent dans la salle")
    for teller in (driss, phones[0]):
        teller.goes(hands)
        fields = teller.page.locator("main form input[type=number]").all()
        for field, hands_up in zip(fields, ["2", "1", "0", "0"], strict=True):
            field.fill(hands_up)
        teller.presses("J’ai compté")
    driss.goes(hands)
    driss.sees("Les deux comptes sont pareils")
    driss.opens("decisions:poll_of_cohort", cohort_id=people.a.cohort.pk, poll_id=price.pk)
    driss.presses("Compter maintenant")
    assert AgreedPrice.objects.get().amount == Decimal("12.00")
    decided = Outcome.objects.get(poll=price)
    assert (decided.tally["detail"]["for"], decided.tally["cast"]) == (6, 9)
    phones[1].goes(reverse("decisions:poll", args=[price.pk]))
    phones[1].sees("Dans la salle, à main levée", "Pour", "Le groupe a dit oui.")

    # 2. A treasurer, in a sealed vote: three keys, six phones and three more, two keys open.
    candidates = nine[:3]
    sealed = opening.put_to_vote(
        cohort=people.a.cohort,
        title="Qui tient la trésorerie ?",
        effect_code="mandate",
        effect_settings={
            "title": TITLE, "people": [str(one.pk) for one in candidates], "seats": 1,
            "names": {str(one.pk): one.person.full_name for one in candidates},
            "in_force_from": "2026-11-28", "ends_on": "2026-12-20", "replaces": True,
        },
        closes_at=CLOSES_AT,
        actor=people.actor("driss"),
        at=meeting.IN_THE_ROOM,
        terms=Terms("majority-judgment", {}, "sealed"),
    )  # fmt: skip
    everybody = dict(zip([one.person_id for one in nine], phones, strict=False))
    everybody[people.driss.pk] = driss
    papers = {}
    for key in KeyHolder.objects.filter(poll=sealed):
        holder = everybody.get(key.person_id) or enter(key.person.user, phone=False)
        papers[holder] = takes_key(holder, sealed)
    for phone in [*phones, *(enter(one.person.user) for one in nine[6:])]:
        judge(phone, sealed, (1, 4, 2))
    assert UrnBallot.objects.count() == 9
    assert not Ballot.objects.filter(elector__poll=sealed).exists()

    # 3. The sharing rule, on the phones; the clock closes both.
    rule = opening.put_to_vote(
        cohort=people.a.cohort,
        title="Quelle règle de partage ?",
        effect_code="sharing_rule",
        effect_settings={"counted_kinds": ["production"], "in_force_from": "2026-11-28"},
        closes_at=CLOSES_AT,
        actor=people.actor("driss"),
        at=meeting.IN_THE_ROOM,
    )
    for phone in phones:
        vote(phone, rule, "half")
    travel(CLOSES_AT + dt.timedelta(minutes=1))
    close_due(at=CLOSES_AT + dt.timedelta(minutes=1))
    first, second = list(papers)[:2]
    brings_key(first, sealed, papers[first])
    first.sees("Il en faut encore une")
    brings_key(second, sealed, papers[second])
    held = Mandate.objects.get()
    assert (held.title, held.enrolment) == (TITLE, candidates[1])
    phones[4].goes(reverse("decisions:poll", args=[sealed.pk]))
    phones[4].sees(
        f"{candidates[1].person.full_name}", "on dit le résultat, pas les nombres de voix"
    )

    # 4. The next pay run uses the rule, and names its decision.
    adopted = Outcome.objects.get(poll=rule)
    run = scene.computed()
    driss.opens("payroll:run", cohort_id=people.a.cohort.pk, run_id=run.pk)
    driss.sees(f"Règle n° 2, décision n° {adopted.number}")
    assert [one.complaints for one in (driss, *phones)] == [[]] * 7
