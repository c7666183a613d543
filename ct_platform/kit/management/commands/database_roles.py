from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ct_platform.kit.errors import Refused
from ct_platform.kit.roles import settle


class Command(BaseCommand):
    help = (
        "PostgreSQL : donne leurs droits au rôle du site (DATABASE_URL) et à celui des commandes "
        "(DATABASE_ADMIN_URL), qui ne dépose aucun bulletin. À relancer après chaque migration."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = settle()
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        for sentence in told:
            self.stdout.write(sentence)
