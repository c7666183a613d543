"""Support cockpit: to look, not to act. What changes goes through services."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.reading import ReadOnlyAdmin
from members.models import Consent, JoinCard, Person, User


def masked(text: str) -> str:
    """Enough to recognise, not enough to use: "p…@exemple.fr", "…12"."""
    if not text:
        return "–"
    name, at, domain = text.partition("@")
    return f"{name[:1]}…@{domain}" if at else f"…{text[-2:]}"


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = (
        "last_name",
        "first_name",
        "city",
        "masked_email",
        "masked_phone",
        "has_account",
    )
    search_fields = ("search_key",)
    fields = (
        "first_name",
        "last_name",
        "used_name",
        "city",
        "masked_email",
        "masked_phone",
        "created_at",
    )
    readonly_fields = ("masked_email", "masked_phone", "created_at")

    @admin.display(description=_("e-mail"))
    def masked_email(self, person: Person) -> str:
        return masked(person.email)

    @admin.display(description=_("téléphone"))
    def masked_phone(self, person: Person) -> str:
        return masked(person.phone)

    @admin.display(description=_("compte"), boolean=True)
    def has_account(self, person: Person) -> bool:
        return person.user_id is not None


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("pk", "masked_email", "person", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    list_select_related = ("person",)
    search_fields = ("email", "person__search_key")
    fields = (
        "masked_email",
        "person",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
        "date_joined",
    )
    readonly_fields = fields

    @admin.display(description=_("adresse e-mail"))
    def masked_email(self, user: User) -> str:
        return masked(user.email or "")

    @admin.display(description=_("personne"))
    def person(self, user: User) -> str:
        found: models.Model | None = getattr(user, "person", None)
        return str(found) if found is not None else "–"


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("person", "purpose", "given_at", "expires_on", "withdrawn_at")
    list_filter = ("purpose",)
    list_select_related = ("person",)
    date_hierarchy = "given_at"


@admin.register(JoinCard)
class JoinCardAdmin(ReadOnlyAdmin):
    """Whether a card was printed and used; its hashes stay out of sight."""

    list_display = ("person", "issued_by", "created_at", "expires_at", "used_at", "revoked_at")
    list_select_related = ("person", "issued_by")
    search_fields = ("person__search_key",)
    fields = list_display


# Rights come from seats; allauth's rows hold sealed secrets.
for hidden in (Group, EmailAddress, Authenticator):
    admin.site.unregister(hidden)
