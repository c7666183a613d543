from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cohorts.models import RecoveryRequest, Territory
from cohorts.services.recovery import route
from ct_platform.kit.errors import DomainError


class Command(BaseCommand):
    help = (
        "Envoie à un territoire et à ses coopératives hôtes une demande « Je ne peux plus entrer » qui "
        "ne nommait aucun lieu. Sans numéro : la liste de celles qui attendent."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("request", nargs="?", type=int, metavar="NUMÉRO")
        parser.add_argument("territory", nargs="?", metavar="TERRITOIRE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["request"] is None:
            for one in RecoveryRequest.objects.homeless():
                self.stdout.write(f"{one.pk}  {one.created_at:%d/%m/%Y}  {one.said}")
            return
        request = RecoveryRequest.objects.filter(pk=options["request"]).first()
        territory = Territory.objects.filter(name=options["territory"]).first()
        if request is None or territory is None:
            raise CommandError("Il faut le numéro d’une demande et le nom d’un territoire.")
        try:
            route(request=request, territory=territory)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"La demande {request.pk} est envoyée à {territory.name}.")
