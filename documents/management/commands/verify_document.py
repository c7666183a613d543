"""./run manage verify_document FILE.pdf [more files]"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.verifying import Outcome, verify

MOST = 50_000_000  # bytes


class Command(BaseCommand):
    help = (
        "Dit si un PDF est de nous, sans changement et encore valable. Code de sortie : "
        "0 valable, 3 modifié, 4 inconnu, 5 remplacé, 6 annulé, 7 pas un PDF ; "
        "avec plusieurs fichiers, le premier qui n’est pas 0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FICHIER.pdf")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        worst = Outcome.VALID
        for path in files:
            answer = verify(self._read(path))
            prefix = f"{path.name} : " if len(files) > 1 else ""
            style = self.style.SUCCESS if answer.outcome is Outcome.VALID else self.style.ERROR
            self.stdout.write(style(f"{prefix}{answer.sentence}"))
            worst = worst or answer.outcome
        if worst is not Outcome.VALID:
            sys.exit(int(worst))

    def _read(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > MOST:
                raise CommandError(f"{path} : fichier trop gros (50 Mo au plus).")
            return path.read_bytes()
        except OSError as error:
            raise CommandError(
                f"{path} : ce fichier ne peut pas être lu ({error.strerror})."
            ) from error
