from members.models.access_record import AccessAct, AccessRecord
from members.models.bank import BankDetails, SealedIban
from members.models.consent import Consent, ConsentPurpose
from members.models.join_card import JoinCard
from members.models.person import Person
from members.models.user import User

__all__ = [
    "AccessAct", "AccessRecord", "BankDetails", "Consent", "ConsentPurpose", "JoinCard", "Person", "SealedIban", "User",
]  # fmt: skip
