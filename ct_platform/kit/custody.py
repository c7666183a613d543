"""Tables kept apart, as their models say themselves: nothing else lists them.

- `never_copied = True`: no dump and no backup carries the rows (urns, keys of sealed votes);
- `cast_only = True`: the site writes them when somebody votes; no command does, by its database role.
"""

from django.apps import apps
from django.db import models


def never_copied() -> list[type[models.Model]]:
    return _marked("never_copied")


def cast_only() -> list[type[models.Model]]:
    return _marked("cast_only")


def tables(kept: list[type[models.Model]]) -> list[str]:
    return [model._meta.db_table for model in kept]


def _marked(mark: str) -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if getattr(model, mark, False)]
    return sorted(found, key=lambda model: model._meta.label)
