"""Secret urns that stand hold bare ballots: close them with the server's keys, as every new cast does.

The former rows stay on PostgreSQL's disk until its next vacuum, in its journal until that is recycled
and in the backups made before: their contents are as safe as they were promised to be.
"""

import json

from django.db import migrations

from decisions.rules import tally
from decisions.services import boxes


def _urns(apps):
    polls = apps.get_model("decisions", "Poll").objects.filter(secrecy="secret", urn__isnull=False)
    for poll in polls.distinct():
        yield poll, list(poll.urn.order_by("id"))


def close(apps, schema_editor):
    for poll, rows in _urns(apps):
        bare = [row for row in rows if row.content.startswith("{")]
        closed = boxes.close_secret(poll, [json.loads(row.content) for row in bare])
        _write(bare, closed)


def reopen(apps, schema_editor):
    for poll, rows in _urns(apps):
        opened = boxes.open_secret(poll, [row.content for row in rows])
        _write(rows, [tally.canonical(ballot).decode() for ballot in opened])


def _write(rows, contents):
    for row, content in zip(rows, contents, strict=True):
        row.content = content
        row.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("decisions", "0009_remember_reminders")]

    operations = [migrations.RunPython(close, reopen)]
