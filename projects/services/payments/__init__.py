"""Money received for what was invoiced: noted, reversed, given back, set off; what is late, reminded."""

from projects.services.payments.records import give_back, record_payment
from projects.services.payments.reversals import offset, reverse_payment

__all__ = ["give_back", "offset", "record_payment", "reverse_payment"]
