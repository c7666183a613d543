from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cohorts.models import (
    CoordinatorSeat,
    HostSeat,
    NetworkSeat,
    Organisation,
    PartnerSeat,
    Territory,
)
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError
from members.models import Person
from members.services.people import create_person
from members.services.sign_in import open_account


class Command(BaseCommand):
    help = (
        "Ouvre un compte et une place : coordination d’un territoire, coopérative hôte, partenaire "
        "ou réseau. La personne entre ensuite avec un code reçu à cette adresse."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--coordinator", metavar="TERRITOIRE")
        place.add_argument("--host", metavar="ORGANISATION")
        place.add_argument("--partner", metavar="ORGANISATION")
        place.add_argument("--network", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                self._open(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{options['first_name']} {options['last_name']} peut entrer avec {options['email']}."
        )

    def _open(self, options: dict[str, Any]) -> None:
        at = clock.now()
        email = options["email"].strip().lower()
        person = Person.objects.filter(user__email=email).first() or create_person(
            first_name=options["first_name"], last_name=options["last_name"], email=email, at=at
        )
        open_account(person=person, email=email)
        since = {"person": person, "defaults": {"starts_on": clock.civil_day(at)}}
        if options["coordinator"]:
            territory = self._named(Territory, options["coordinator"])
            CoordinatorSeat.objects.get_or_create(territory=territory, ends_on=None, **since)
        elif options["host"]:
            host = self._named(Organisation, options["host"])
            HostSeat.objects.get_or_create(organisation=host, ends_on=None, **since)
        elif options["partner"]:
            partner = self._named(Organisation, options["partner"])
            PartnerSeat.objects.get_or_create(organisation=partner, ends_on=None, **since)
        else:
            NetworkSeat.objects.get_or_create(ends_on=None, **since)

    def _named(self, model: Any, name: str) -> Any:
        found = model.objects.filter(name=name).first()
        if found is None:
            known = ", ".join(model.objects.order_by("name").values_list("name", flat=True)[:20])
            raise CommandError(f"« {name} » n’existe pas. Connus : {known or 'aucun'}.")
        return found
