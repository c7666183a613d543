"""The people met: proposed, agreed with, kept by each, taken along, erased."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from cohorts.models import Contact, EventGuest, KeptContact
from cohorts.rules.events import name_key
from cohorts.rules.vcards import Card, vcards
from cohorts.services import contacts
from cohorts.services.contact_erasing import erase_contact, erase_old_contacts, erase_old_guests
from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from ct_platform.kit.models import TransitionLog
from tests.cohorts.event_verbs import SATURDAY, agree, answer, hold, invited, met, path_of
from tests.factories import NOW, TODAY

DAY = dt.timedelta(days=1)


def keep(people, contact, name="amina"):
    contacts.keep_for_oneself(contact=contact, actor=people.actor(name), at=NOW)


def written(contact) -> str:
    contact.refresh_from_db()
    return " ".join(str(getattr(contact, field.name)) for field in contact._meta.fields)


# --- proposing


def test_a_cooperant_proposes_on_the_phone_once_for_two_taps(people, enter):
    sent = {
        "submission_key": str(uuid.uuid4()), "name": "Rose Martin", "organisation": "Les Halles",
        "phone": "06 39 98 00 12", "opens": ["internship", "order"], "agreed": "on",
    }  # fmt: skip
    amina = enter("amina")
    for _tap in range(2):
        assert amina.post(reverse("cohorts:propose_contact"), sent).status_code == 302
    one = Contact.objects.get()
    assert (one.state, one.phone, one.met_by, one.opens) == (
        "proposed", "+33639980012", people.amina, ["internship", "order"],
    )  # fmt: skip
    assert (one.consented_on, one.consent_way, one.consent_noted_by) == (
        TODAY,
        "aloud",
        people.amina,
    )


def test_a_proposal_is_read_by_its_author_and_the_coordination_until_it_is_kept(people, enter):
    one = met(people, by="amina")
    page = reverse("cohorts:my_contacts")
    assert "Rose Martin" in enter("amina").get(page).content.decode()
    assert "Rose Martin" not in enter("bastien").get(page).content.decode()
    contacts.accept_contact(contact=one, actor=people.actor("driss"), at=NOW)
    contacts.accept_contact(contact=one, actor=people.actor("driss"), at=NOW)
    assert "Rose Martin" in enter("bastien").get(page).content.decode()
    assert "Rose Martin" not in enter("chloe").get(page).content.decode()


def test_the_same_person_is_written_once_and_a_hidden_proposal_is_not_named(people):
    met(people, by="amina")
    with pytest.raises(Refused) as refusal:
        met(people, "MARTIN Rose", by="bastien")
    assert "Rose" not in str(refusal.value)
    met(people, cohort=people.b.cohort, by="dalia")
    assert Contact.objects.count() == 2


def test_somebody_nobody_could_find_again_is_refused(people):
    with pytest.raises(Refused) as refusal:
        met(people, phone="")
    assert refusal.value.field == "phone"


@pytest.mark.parametrize("name", ["helene", "elsa", "dalia"])
def test_the_host_the_partners_and_another_territory_read_no_contact(people, enter, name):
    one = agree(people, met(people))
    for address in ("cohorts:contacts", "cohorts:contact"):
        args = [people.a.cohort.pk, one.pk][: 2 if address.endswith("contact") else 1]
        answered = enter(name).get(reverse(address, args=args))
        assert answered.status_code in (403, 404)
        assert "Rose" not in answered.content.decode()


def test_who_left_takes_no_more_and_reads_what_they_keep(people, enter):
    one = agree(people, met(people))
    KeptContact.objects.create(contact=one, person=people.gael, kept_at=NOW)
    other = agree(people, met(people, "Luc Petit"))
    page = enter("gael").get(reverse("cohorts:my_contacts")).content.decode()
    assert "Rose Martin" in page and "Luc Petit" not in page
    assert enter("gael").post(reverse("cohorts:keep_contact", args=[other.pk])).status_code == 403


# --- consent


def test_without_consent_nobody_keeps_a_contact(people, enter):
    one = met(people)
    with pytest.raises(Refused):
        keep(people, one)
    enter("amina").post(reverse("cohorts:keep_contact", args=[one.pk]))
    assert not KeptContact.objects.exists()
    agree(people, one)
    for _tap in range(2):
        enter("amina").post(reverse("cohorts:keep_contact", args=[one.pk]))
    assert KeptContact.objects.get().person == people.amina


def test_a_consent_says_when_how_and_who_noted_it(people):
    one = agree(people, met(people))
    assert (one.consented_on, one.consent_way, one.consent_words) == (TODAY, "aloud", "oui")
    assert (one.consent_noted_by, one.consent_noted_at) == (people.driss, NOW)
    tomorrow = contacts.Consent(on=TODAY + DAY, way="aloud")
    with pytest.raises(Refused):
        contacts.record_consent(contact=one, consent=tomorrow, actor=people.actor("driss"), at=NOW)


def test_a_consent_taken_back_takes_the_contact_from_everybody(people):
    one = agree(people, met(people))
    keep(people, one)
    keep(people, one, "bastien")
    assert contacts.withdraw_consent(contact=one, actor=people.actor("driss"), at=NOW) == 2
    assert contacts.withdraw_consent(contact=one, actor=people.actor("driss"), at=NOW) == 0
    one.refresh_from_db()
    assert one.consented_on is None and one.consent_noted_by is None


# --- leaving with them


def test_one_leaves_with_what_one_keeps_and_nothing_else(people, enter):
    keep(people, agree(people, met(people, "Rose Martin", email="rose@exemple.test")))
    agree(people, met(people, "Luc Petit"))
    card = enter("amina").get(reverse("cohorts:my_contacts_file", args=["vcf"]))
    text = card.content.decode()
    assert card.headers["Content-Type"].startswith("text/vcard")
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Rose Martin\r\n")
    assert "TEL;TYPE=VOICE:+33639980012\r\n" in text and "Luc" not in text
    assert (
        "Rose"
        not in enter("bastien")
        .get(reverse("cohorts:my_contacts_file", args=["vcf"]))
        .content.decode()
    )


def test_a_spreadsheet_computes_nothing(people, enter):
    keep(people, agree(people, met(people, "=2+3", organisation="@SUM(A1)", note="-1\n=cmd()")))
    table = enter("amina").get(reverse("cohorts:my_contacts_file", args=["csv"])).content.decode()
    assert "'=2+3;'@SUM(A1)" in table
    assert "\n=" not in table and ";=" not in table and ";@" not in table and ";-" not in table


def test_a_card_cannot_be_broken_out_of():
    text = vcards([Card("Rose;Martin, dite\r\nEMAIL:pirate@exemple.test", note="é" * 60)])
    assert "\r\nEMAIL" not in text
    assert "FN:Rose\\;Martin\\, dite\\nEMAIL:pirate@exemple.test" in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "NOTE:" + "é" * 60 in text.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jean-Paul Dupont", "M. DUPONT jean paul", True),
        ("Mme Hélène Œuvray", "helene oeuvray", True),
        ("Jean Dupont", "Jeanne Dupont", False),
        ("Олена", "Марія", False),
    ],
)
def test_one_person_in_two_spellings(one, other, same):
    assert (name_key(one) == name_key(other)) is same


# --- erasing


def test_erasing_a_person_leaves_nothing_of_them_anywhere_in_the_territory(people, enter):
    event = hold(people)
    guest = invited(people, event, "R. Martin", phone="+33639980012", address="3 rue des Lilas")
    answer(guest, count=3)
    one = agree(people, met(people, email="rose@exemple.test", note="Aime les tulipes"))
    keep(people, one)
    elsewhere = met(people, cohort=people.b.cohort, by="dalia", email="rose@exemple.test")
    address = reverse("cohorts:erase_contact", args=[people.a.cohort.pk, one.pk])
    assert enter("driss").get(address).status_code == 200
    assert Contact.objects.standing().count() == 2  # asking erases nothing
    assert enter("amina").post(address).status_code == 403
    enter("driss").post(address)
    for word in ("Rose", "rose", "martin", "tulipes", "63998"):
        assert word not in written(one), word
        assert word not in written(guest), word
    assert (guest.answer, guest.people) == ("yes", 3)  # a figure names nobody
    assert not KeptContact.objects.exists()
    elsewhere.refresh_from_db()
    assert elsewhere.name == "Rose Martin"  # another territory answers for its own
    assert enter("driss").get(address).status_code == 404
    erase_contact(contact=one, at=NOW + DAY)
    one.refresh_from_db()
    assert one.erased_at < NOW + DAY


def test_a_colleague_behind_the_same_switchboard_stays_and_the_page_says_who_goes(people, enter):
    one = met(people, "Rose Martin", organisation="Mairie")
    twin = met(people, "R. Martin", organisation="Mairie")
    colleague = met(people, "Omar Benali", organisation="Mairie")
    address = reverse("cohorts:erase_contact", args=[people.a.cohort.pk, one.pk])
    page = enter("driss").get(address).content.decode()
    assert "R. Martin, Rose Martin" in page or "Rose Martin, R. Martin" in page
    assert "Omar" not in page
    enter("driss").post(address)
    for row in (twin, colleague):
        row.refresh_from_db()
    assert (twin.name, colleague.name) == ("", "Omar Benali")


def test_a_guest_erases_themselves_by_their_link_even_after_the_event(people, client):
    event = hold(people, day=TODAY - DAY)
    guest = EventGuest.objects.create(
        event=event, kind="firm", name="Rose Martin", name_key="martin rose", added_by=people.driss
    )
    link = path_of(guest)
    assert client.get(f"{link}effacer/").status_code == 405
    for _tap in range(2):
        assert client.post(f"{link}effacer/").status_code == 302
    assert "Rose" not in written(guest)
    page = client.get(link)
    assert page.status_code == 410 and "sont effacées" in page.content.decode()
    other = reverse("cohorts:erase_myself", args=[guest.pk, "0" * 32])
    assert client.post(other).status_code == 404


def test_guests_go_ninety_days_after_their_event(people):
    guest = invited(people, hold(people))
    last = dt.datetime.combine(SATURDAY, dt.time(12), tzinfo=dt.UTC) + 90 * DAY
    assert erase_old_guests(at=last) == 0
    assert erase_old_guests(at=last + DAY) == 1
    assert erase_old_guests(at=last + DAY) == 0
    assert "Rose" not in written(guest)


def archived(cohort, at):
    type(cohort).objects.filter(pk=cohort.pk).update(state="archived", ends_on=TODAY - DAY)
    TransitionLog.objects.create(
        model="cohorts.cohort", row_id=cohort.pk, old="closing", new="archived", at=at
    )


def test_a_contact_without_consent_goes_ninety_days_after_the_archive_and_the_others_stay(people):
    silent, agreed = met(people), agree(people, met(people, "Luc Petit"))
    assert erase_old_contacts(at=NOW + 400 * DAY) == 0  # the cohort still runs
    archived(people.a.cohort, NOW)
    assert erase_old_contacts(at=NOW + 90 * DAY) == 0
    assert erase_old_contacts(at=NOW + 91 * DAY) == 1
    assert "Rose" not in written(silent) and "Luc" in written(agreed)


def test_a_contact_who_agreed_goes_three_years_later(people):
    one = agree(people, met(people))
    keep(people, one)
    assert erase_old_contacts(at=NOW.replace(year=2029) - DAY) == 0
    assert erase_old_contacts(at=NOW.replace(year=2029)) == 1
    assert not KeptContact.objects.exists() and "Rose" not in written(one)


def test_the_command_says_how_many_and_a_second_run_none(people, capsys):
    met(people)
    archived(people.a.cohort, NOW - 2000 * DAY)
    type(people.a.cohort).objects.filter(pk=people.a.cohort.pk).update(
        starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 6, 1)
    )
    for expected in ("contacts : 1", "contacts : 0"):
        call_command("erase_old_applications")
        assert expected in capsys.readouterr().out


def test_the_invariants_hold_and_see_a_breach(people):
    one = agree(people, met(people))
    keep(people, one)
    ours = [i for i in all_invariants() if i.code.startswith(("cohorts.contact", "cohorts.event"))]
    assert len(ours) == 4
    assert [said for i in ours for said in i.check()] == []
    Contact.objects.filter(pk=one.pk).update(
        consented_on=None,
        consent_way="",
        consent_words="",
        consent_noted_by=None,
        consent_noted_at=None,
    )
    assert len([said for i in ours for said in i.check()]) == 1
