import gzip
import json
import tarfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cohorts import communes

_KINDS = {
    "commune-actuelle": communes.CURRENT,
    "commune-associee": communes.ASSOCIATED,
    "commune-deleguee": communes.DELEGATED,
    "arrondissement-municipal": communes.BOROUGH,
}


class Command(BaseCommand):
    help = (
        "Refait cohorts/data/communes.csv.gz à partir du paquet @etalab/decoupage-administratif "
        "(le fichier .tgz donné par « npm pack @etalab/decoupage-administratif »)."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("package", type=Path)
        parser.add_argument("--to", type=Path, default=communes.FILE)

    def handle(self, *args: Any, package: Path, to: Path, **options: Any) -> None:
        try:
            with tarfile.open(package) as archive:
                rows = _read(archive, "package/data/communes.json")
                version = _read(archive, "package/package.json")["version"]
        except (OSError, tarfile.TarError, KeyError, ValueError) as error:
            raise CommandError(f"Ce paquet ne se lit pas : {error}") from error
        lines = sorted(
            ";".join(
                [
                    row["code"],
                    row["nom"],
                    _KINDS[row["type"]],
                    " ".join(row.get("codesPostaux", [])),
                ]
            )
            for row in rows
        )
        # No time in the header: the same package gives the same bytes.
        to.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
        self.stdout.write(f"{len(lines)} communes, version {version} du paquet.")


def _read(archive: tarfile.TarFile, name: str) -> Any:
    member = archive.extractfile(name)
    if member is None:
        raise KeyError(name)
    return json.load(member)
