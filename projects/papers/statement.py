"""A customer's statement on paper: drawn when asked, kept nowhere, without a number."""

from django.utils.translation import gettext as _

from documents.services.render import render_transient
from members.rules import spaced_iban
from projects.models import Project
from projects.papers import commercial
from projects.selectors.selling import terms_on
from projects.selectors.statements import Statement


def draw_statement(statement: Statement) -> bytes:
    """Two queries and a drawing, some 50 ms."""
    customer = statement.customer
    cohort, host = customer.cohort, customer.cohort.host
    terms = terms_on(host.pk, statement.until)
    seller = commercial.seller_of(host, terms) if terms else None
    return render_transient(
        "pdf/statement.html",
        {
            "paper": {
                "title": _("Relevé de compte"),
                "issuer": host.name,
                "issued_on": statement.until.isoformat(),
            },
            "issuer": {
                "name": host.name,
                "lines": commercial.seller_lines(seller) if seller else [],
            },
            "who": {
                "name": customer.name,
                "lines": commercial.customer_lines(commercial.customer_of(customer)),
                "label": _("Client"),
            },
            "cohort": cohort.name,
            "eu": cohort.eu_funded,
            "statement": statement,
            "iban": spaced_iban(seller["iban"]) if seller else "",
            "bic": seller["bic"] if seller else "",
            "weave": commercial.threads_of(Project.objects.of_cohort(cohort.pk)),
        },
    )
