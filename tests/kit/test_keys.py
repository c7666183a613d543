"""A key typed by hand in an address is a key, or nothing: never a page that breaks down."""

import pytest
from django.urls import reverse

from ct_platform.kit.keys import key_of, keys_of
from tests.access_world import furnish
from tests.access_world import keys_of as keys_in

NO_KEYS = ["", "-1", "²", "٣", "1.0", " 1", "9" * 19, "9" * 5000]


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_no_row_can_have_is_no_key(text):
    assert key_of(text) is None
    assert keys_of(["7", text, "8"]) == [7, 8]


def test_the_longest_key_is_one_the_database_takes(db, people):
    longest = key_of("9" * 18)
    assert longest is not None
    assert not type(people.a.cohort).objects.filter(pk__in=[longest]).exists()


@pytest.mark.parametrize("text", NO_KEYS)
def test_pages_that_take_a_key_in_their_address_stand(people, enter, text):
    ids = furnish(people)
    driss, nora = enter("driss"), enter("nora")
    asked = {"modele": text, "commande": text}
    for name, wanted in (
        ("projects:sell_orders", ("project_id", "offer_id")),
        ("projects:add_offer", ("project_id",)),
    ):
        keys = keys_in(name, wanted, ids)
        assert driss.get(reverse(name, kwargs=keys), asked).status_code == 200, name
    published = reverse("home:site_publish", args=[ids["text_code"], ids["number"]])
    assert nora.post(published, {"seen": text}).status_code == 302
