import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cohorts.communes import commune_of
from cohorts.models import Quarter
from cohorts.services.quarters import import_quarters
from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import DomainError


class Command(BaseCommand):
    help = (
        "Importe le fichier officiel des quartiers prioritaires (ANCT) : GeoJSON en WGS 84, ou CSV, "
        "avec code_qp, lib_qp et insee_com. Le même fichier deux fois ne change rien."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--vintage", type=int, required=True, metavar="2024")
        parser.add_argument("--source", required=True, metavar="« ANCT, data.gouv.fr »")
        parser.add_argument(
            "--date", type=dt.date.fromisoformat, required=True, metavar="2024-12-30",
            help="date du fichier, telle que sa page la donne",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            made = import_quarters(
                content=file.read_bytes(),
                filename=file.name,
                vintage=options["vintage"],
                source=options["source"],
                file_date=options["date"],
            )
        except OSError as error:
            raise CommandError(f"Ce fichier ne s’ouvre pas : {error}") from error
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{made.quarters_count} quartiers du millésime {made.vintage}, dont "
            f"{made.with_shape_count} avec leur contour ({made.source}, "
            f"{format_day(made.file_date)})."
        )
        self._warn_of_communes(made.pk)

    def _warn_of_communes(self, import_id: int) -> None:
        """Merged communes keep their old code in a file of quarters: told, not refused."""
        codes = {
            code
            for text in Quarter.objects.filter(source_id=import_id).values_list(
                "insee_codes", flat=True
            )
            for code in text.split()
        }
        unknown = sorted(code for code in codes if commune_of(code) is None)
        if unknown:
            self.stderr.write(
                f"Codes commune que la liste de la maison ne connaît pas : {', '.join(unknown[:20])}."
            )
