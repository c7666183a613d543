"""Support reads what is sold, changes nothing, and sees neither a link nor where to reach somebody."""

import uuid

import pytest

from members.models import User
from projects.models import Quote
from projects.services.quotes import links, messages
from tests.factories import NOW, CustomerFactory, ProductFactory, ProjectFactory, SellerTermsFactory
from tests.selling import a_line, sent


@pytest.mark.django_db
def test_support_reads_and_sees_no_link_nor_address(people, enter):
    SellerTermsFactory(host=people.a.host)
    product = ProductFactory(project=ProjectFactory(cohort=people.a.cohort))
    customer = CustomerFactory(cohort=people.a.cohort, email="canal@exemple.test")
    driss = people.actor("driss")
    quote = sent(customer, a_line(product), actor=driss)
    links.make_link(quote=quote)
    messages.mail_quote(
        quote=quote, to="canal@exemple.test", word="", key=uuid.uuid4(), actor=driss, at=NOW
    )
    User.objects.filter(pk=people.user("nora").pk).update(is_staff=True, is_superuser=True)
    support, digest = enter("nora"), Quote.objects.get().link_digest
    for model in ("sellerterms", "vatdecision", "customer", "product", "quote", "quotemessage"):
        assert support.get(f"/gestion/projects/{model}/").status_code == 200, model
        assert support.get(f"/gestion/projects/{model}/add/").status_code == 403, model
    for path in (
        f"customer/{customer.pk}",
        f"quote/{quote.pk}",
        f"quotemessage/{quote.messages.get().pk}",
    ):
        page = support.get(f"/gestion/projects/{path}/change/").content.decode()
        assert digest not in page and "canal@exemple.test" not in page, path
