"""The account that signs in. No password is ever required: a code by e-mail, or a printed card."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower() if email else None, **extra)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    # Null, not "": many coopérants have no e-mail, and two of them must not collide.
    email = models.EmailField(_("adresse e-mail"), unique=True, null=True, blank=True)
    is_staff = models.BooleanField(_("entre dans l’administration"), default=False)
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("compte")

    def __str__(self) -> str:
        """Without the address: this is written in logs and in titles of the admin."""
        return f"compte {self.pk}"
