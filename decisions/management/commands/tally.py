"""`tally METHOD BALLOTS.json`: count a file of ballots, without the database."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from decisions.rules.reading import MAX_BYTES, BadBallots, parse
from decisions.rules.tally import METHODS, tally

FORMAT = f"""\
METHOD : {", ".join(METHODS)}.

BALLOTS.json, au format ct-ballots/1 :
  {{"format": "ct-ballots/1", "method": "approval", "poll": "repas-7", "roll": 15, "quorum": "1/2",
   "options": [{{"id": "a", "label": "Couscous"}}, {{"id": "b", "label": "Tajine"}}],
   "rule": {{"seats": 1}},
   "ballots": [{{"approve": ["a"], "count": 6}}, {{"approve": ["a", "b"]}}, {{"blank": true}}]}}
Sans bulletins, leurs sommes : "aggregate", "cast" et "blank" à la place de "ballots".

bulletins                                              règle (défauts)
  majority           {{"choice": "for|against|abstain"}}   majority "simple", fraction "2/3", base "expressed"
  consent            {{"voice": "objection", "state": "open"}}   round 1, max_rounds 3, fallback
  majority-judgment  {{"grades": {{"a": 4, "b": 2}}}}        grades 5, min_grade 1
  approval           {{"approve": ["a", "c"]}}             seats 1, threshold "0"
  ranked             {{"ranking": [["a"], ["b", "c"]]}}    aucune
  equal-shares       {{"approve": ["a"]}}                  budget (centimes), step 100, min_votes 1
  choice             {{"choice": "a"}}                     aucune

Réponse : ct-tally/1 sur la sortie, la même à l'octet près pour le même fichier.
Fin 0 : compté, quelle que soit l'issue. Fin 2 : fichier refusé, une phrase dit où.
"""


class Command(BaseCommand):
    help = "Compte un fichier de bulletins et écrit le résultat. Ne touche pas à la base."
    # Neither the database nor the settings of the house are needed.
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, epilog=FORMAT, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("method", metavar="METHOD", help="la méthode, celle du fichier")
        parser.add_argument("ballots", metavar="BALLOTS.json", type=Path, help="les bulletins")

    def handle(self, *args: Any, **options: Any) -> None:
        method, source = options["method"], options["ballots"]
        if method not in METHODS:
            raise CommandError(f"METHOD : il faut l’un de : {', '.join(METHODS)}.", returncode=2)
        try:
            document = parse(read_bytes(source))
            if document.get("method", method) != method:
                raise BadBallots("$.method", f"le fichier ne demande pas {method}.")
            result = tally(document)
        except BadBallots as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(result, sort_keys=True, indent=2))


def read_bytes(source: Path) -> bytes:
    """One byte more than allowed at most: an endless file ends here too."""
    try:
        with source.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(
            f"{source} ne peut pas être lu : {error.strerror}.", returncode=2
        ) from error
