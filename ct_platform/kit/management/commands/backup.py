from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ct_platform.kit import custody
from ct_platform.kit.backups import back_up
from ct_platform.kit.errors import Refused


class Command(BaseCommand):
    help = (
        "Copie la base dans FICHIER, sans les urnes ni les clés des votes secrets. "
        "PostgreSQL : archive pour pg_restore ; SQLite : une base. Les papiers se copient à part. "
        "Après avoir rendu une copie : ./run manage after_restore, puis check_consistency."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            back_up(file)
        except (Refused, OSError) as refusal:
            raise CommandError(str(refusal)) from None
        absent = ", ".join(custody.tables(custody.never_copied()))
        self.stdout.write(f"Base copiée dans {file} ({file.stat().st_size / 1024:.0f} Ko).")
        self.stdout.write(f"Sans le contenu de : {absent}.")
        self.stdout.write(
            f"Pas dedans : les papiers ({_papers()}) et FIELD_KEYS, à garder ailleurs."
        )


def _papers() -> str:
    storage = settings.STORAGES["default"]
    bucket = storage.get("OPTIONS", {}).get("bucket_name")
    return f"stockage {bucket}" if bucket else str(settings.MEDIA_ROOT)
