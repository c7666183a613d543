"""`dumpdata` without urns and key shares: a copy of the data must not carry them."""

from typing import Any

from django.core.management.commands import dumpdata

NEVER = ("decisions.urnballot", "decisions.keyholder")


class Command(dumpdata.Command):
    def handle(self, *app_labels: str, **options: Any) -> None:
        options["exclude"] = [*(options.get("exclude") or ()), *NEVER]
        super().handle(*app_labels, **options)
