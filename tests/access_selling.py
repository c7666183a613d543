"""What the room of selling holds in cohort A, for the access table."""

from typing import Any

from projects.models import Quote
from tests import factories as make
from tests import personas
from tests.factories import NOW
from tests.selling import a_line, write


def what_is_sold(people: personas.People, canary: str) -> dict[str, Any]:
    """A customer, a product, and a quote that waits for the host."""
    make.SellerTermsFactory(host=people.a.host, asks_to_validate=True)
    customer = make.CustomerFactory(cohort=people.a.cohort, name=f"Café {canary}")
    project = make.ProjectFactory(cohort=people.a.cohort, name=f"Cuisine {canary}")
    product = make.ProductFactory(project=project, name=f"Panier {canary}")
    quote: Quote = write(
        customer, a_line(product), actor=people.actor("driss"), title=f"Buffet {canary}", at=NOW
    )
    return {"customer_id": customer.pk, "product_id": product.pk, "quote_id": quote.pk}
