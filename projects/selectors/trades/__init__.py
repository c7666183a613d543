"""What the pages of a trade show. Each function says its cost."""

from projects.selectors.trades.offers import (
    OfferPage,
    Preparation,
    customers_of,
    handed_of,
    latest_offers,
    offer_page,
    offers_of,
    orders_of,
    orders_to_sell,
    preparation_of,
)
from projects.selectors.trades.projects import (
    ProjectPage,
    every_idea_of,
    ideas_of,
    lots_of,
    members_of,
    people_of,
    products_of,
    project_page,
    projects_with_team,
)

__all__ = [
    "OfferPage",
    "Preparation",
    "ProjectPage",
    "customers_of",
    "every_idea_of",
    "handed_of",
    "ideas_of",
    "latest_offers",
    "lots_of",
    "members_of",
    "offer_page",
    "offers_of",
    "orders_of",
    "orders_to_sell",
    "people_of",
    "preparation_of",
    "products_of",
    "project_page",
    "projects_with_team",
]
