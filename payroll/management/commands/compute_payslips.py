"""`compute_payslips IN.csv OUT.csv`: the pay engine on a file of cases."""

import os
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payroll.engine.cases_file import BadFile, compute_cases


class Command(BaseCommand):
    help = (
        "Calcule un bulletin par ligne de IN.csv et écrit OUT.csv. Une seule ligne fausse : "
        "toutes les lignes fausses sont nommées et rien n'est écrit."
    )
    # The engine needs neither the database nor the settings of the house.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("input", metavar="IN.csv", type=Path, help="les cas à calculer")
        parser.add_argument("output", metavar="OUT.csv", type=Path, help="les bulletins calculés")

    def handle(self, *args: Any, **options: Any) -> None:
        source, target = options["input"], options["output"]
        try:
            answer, count = compute_cases(read_text(source))
        except BadFile as error:
            raise CommandError(
                f"{error}\n{source} n'est pas calculé : rien n'a été écrit."
            ) from error
        write_whole(target, answer)
        self.stdout.write(f"{count} bulletins calculés dans {target}.")


def read_text(source: Path) -> str:
    """Read a UTF-8 file, with or without its byte order mark."""
    try:
        return source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{source} n'est pas un fichier texte en UTF-8.") from error
    except OSError as error:
        raise CommandError(f"{source} ne peut pas être lu : {error.strerror}.") from error


def write_whole(target: Path, text: str) -> None:
    """Write aside, then rename: a reader sees the former file or the whole new one."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(target)
    except OSError as error:
        raise CommandError(f"{target} ne peut pas être écrit : {error.strerror}.") from error
    finally:
        # Also when somebody interrupts: nothing half-written stays. After the rename it is gone.
        with suppress(OSError):
            aside.unlink(missing_ok=True)
