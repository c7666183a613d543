"""The daily work of a trade: team, ideas, lots, offers, orders, and the sale noted of them."""

from projects.services.trades.ideas import IdeaWords, archive_idea, change_idea, keep_idea
from projects.services.trades.lots import note_lot, note_lot_move
from projects.services.trades.offers import (
    OfferWishes,
    change_offer,
    close_offer,
    open_offer,
    write_offer,
)
from projects.services.trades.orders import OrderWishes, cancel_order, move_order, take_order
from projects.services.trades.sales import note_sale_of_orders
from projects.services.trades.team import set_team

__all__ = [
    "IdeaWords",
    "OfferWishes",
    "OrderWishes",
    "archive_idea",
    "cancel_order",
    "change_idea",
    "change_offer",
    "close_offer",
    "keep_idea",
    "move_order",
    "note_lot",
    "note_lot_move",
    "note_sale_of_orders",
    "open_offer",
    "set_team",
    "take_order",
    "write_offer",
]
