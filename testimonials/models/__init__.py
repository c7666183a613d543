from testimonials.models.agreement import Agreement, ParentalAgreement
from testimonials.models.asking import AskAnswer, AuthorNotice
from testimonials.models.publication import Publication
from testimonials.models.testimonial import Testimonial, Version
from testimonials.models.withdrawal import WithdrawalLink, WithdrawalRequest

__all__ = [
    "Agreement",
    "AskAnswer",
    "AuthorNotice",
    "ParentalAgreement",
    "Publication",
    "Testimonial",
    "Version",
    "WithdrawalLink",
    "WithdrawalRequest",
]
