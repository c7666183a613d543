"""How long a consumer is kept among the customers. Pure; dates and sources beside each."""

import datetime as dt

# CNIL, référentiel « gestion des activités commerciales » (délibération 2021-131 du 23 septembre 2021).
PROSPECT_YEARS = 3
# C. com. art. L123-22: books and their proofs, ten years after the end of the accounting year.
BOOKS_YEARS = 10


def prospect_until(last_contact: dt.date) -> dt.date:
    """The last day somebody who never bought is kept; 29 February gives the 28th."""
    year = last_contact.year + PROSPECT_YEARS
    try:
        return last_contact.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)


def buyer_until(last_invoice: dt.date) -> dt.date:
    """The last day who bought is kept: a civil accounting year, then ten."""
    return dt.date(last_invoice.year + BOOKS_YEARS, 12, 31)
