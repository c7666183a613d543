import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ct_platform.home.seed import COHORTS_PER_TERRITORY, PEOPLE, analyse, seed

MOST_COHORTS, MOST_PEOPLE = 5000, 60


class Command(BaseCommand):
    help = (
        "Ajoute des cohortes synthétiques sur cinq ans (personnes, dossiers, heures, votes, paies, "
        "rapports), pour mesurer à grande échelle. Tout ou rien, sur un site au repos."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--cohorts", type=int, default=5)
        parser.add_argument(
            "--per-territory",
            type=int,
            default=COHORTS_PER_TERRITORY,
            help="cohortes par territoire",
        )
        parser.add_argument("--people", type=int, default=PEOPLE, help="personnes par cohorte")
        parser.add_argument("--at-work", action="store_true", help="toutes en cours aujourd’hui")
        parser.add_argument("--seed", type=int, default=1, help="même graine, mêmes données")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, most in (("cohorts", MOST_COHORTS), ("people", MOST_PEOPLE)):
            if not 1 <= options[name] <= most:
                raise CommandError(f"--{name} : un nombre de 1 à {most}.")
        if options["per_territory"] < 1:
            raise CommandError("--per-territory : au moins 1.")
        began = time.perf_counter()
        made = seed(
            cohorts=options["cohorts"],
            seed_number=options["seed"],
            per_territory=options["per_territory"],
            people_each=options["people"],
            at_work=options["at_work"],
        )
        analyse()
        self.stdout.write(
            f"{made['cohorts']} cohortes, {made['people']} personnes, {made['hours']} journées, "
            f"{made['movements']} ventes et dépenses ({made['rows']} lignes), "
            f"en {time.perf_counter() - began:.1f} s."
        )
