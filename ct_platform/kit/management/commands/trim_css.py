from typing import Any

from django.core.management.base import BaseCommand

from ct_platform.kit.trim import TRIMMED, trimmed


class Command(BaseCommand):
    help = "Réduit Bootstrap aux classes que les gabarits emploient."

    def handle(self, *args: Any, **options: Any) -> None:
        TRIMMED.write_text(trimmed(), encoding="utf-8")
        self.stdout.write(f"{TRIMMED.name} : {TRIMMED.stat().st_size} octets.")
