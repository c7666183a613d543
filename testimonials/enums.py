from django.db import models
from django.utils.translation import gettext_lazy as _


class TestimonialState(models.TextChoices):
    SUBMITTED = "submitted", _("à relire")
    APPROVED = "approved", _("publié")
    DECLINED = "declined", _("non publié")
    WITHDRAWN = "withdrawn", _("retiré")


TESTIMONIAL_ALLOWED: dict[str, frozenset[str]] = {
    TestimonialState.SUBMITTED: frozenset(
        {TestimonialState.APPROVED, TestimonialState.DECLINED, TestimonialState.WITHDRAWN}
    ),
    TestimonialState.APPROVED: frozenset({TestimonialState.WITHDRAWN, TestimonialState.DECLINED}),
    TestimonialState.DECLINED: frozenset({TestimonialState.WITHDRAWN}),
    TestimonialState.WITHDRAWN: frozenset[str](),
}


class Place(models.TextChoices):
    PUBLIC_HOME = "public_home", _("page d’accueil publique")
