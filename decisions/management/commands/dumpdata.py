"""`dumpdata` without urns and key shares: a copy of the data must not carry them."""

from typing import Any

from django.core.management.commands import dumpdata

from ct_platform.kit import custody


class Command(dumpdata.Command):
    def handle(self, *app_labels: str, **options: Any) -> None:
        never = [model._meta.label_lower for model in custody.never_copied()]
        options["exclude"] = [*(options.get("exclude") or ()), *never]
        super().handle(*app_labels, **options)
