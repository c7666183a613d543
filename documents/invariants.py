"""What must always be true of papers (`check_consistency`)."""

import hashlib
from collections.abc import Iterator

from django.db.models import Count

from ct_platform.kit.invariants import Invariant, register
from documents.enums import DocumentStatus
from documents.models import Counter, Document
from documents.services.numbers import format_number


def numbers_are_gapless() -> Iterator[str]:
    """Per issuer, series and year: last = count = distinct. One query per series."""
    for counter in Counter.objects.order_by("pk"):
        prefix = f"{counter.year}-{counter.series}-"
        numbers = set(
            Document.objects.filter(
                issuer_key=counter.issuer_key, number__startswith=prefix
            ).values_list("number", flat=True)
        )
        expected = {
            format_number(counter.series, counter.year, n) for n in range(1, counter.last + 1)
        }
        for number in sorted(expected - numbers):
            yield f"Organisme {counter.issuer_key} : le numéro {number} manque."
        for number in sorted(numbers - expected):
            yield f"Organisme {counter.issuer_key} : le numéro {number} est hors de sa série."


def every_paper_has_its_rendering() -> Iterator[str]:
    for document in Document.objects.filter(rendering__isnull=True).order_by("pk").iterator():
        yield f"Le papier {document.pk} n’a pas de ligne de rendu : il ne sera jamais fait."


def stored_files_are_unaltered() -> Iterator[str]:
    """Reads every file again: some 1 ms a paper."""
    ready = Document.objects.exclude(sha256="").order_by("pk")
    for document in ready.only("pk", "file", "sha256").iterator():
        try:
            with document.file.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            yield f"Le fichier du papier {document.pk} manque."
            continue
        if found != document.sha256:
            yield f"Le fichier du papier {document.pk} a changé depuis qu’il a été fait."


def done_renderings_have_a_file() -> Iterator[str]:
    for document in Document.objects.filter(rendering__status="done", sha256="").order_by("pk"):
        yield f"Le papier {document.pk} est dit fait, mais n’a pas de fichier."


def chains_end_at_one_paper() -> Iterator[str]:
    """A replaced paper names its successor, of the same kind, and nobody replaces two papers."""
    replaced = Document.objects.filter(status=DocumentStatus.REPLACED).select_related("replaced_by")
    for document in replaced.order_by("pk"):
        successor = document.replaced_by
        if successor is None or successor.kind != document.kind or successor.pk <= document.pk:
            yield f"Le papier {document.pk} est remplacé, mais son remplaçant n’est pas le bon."


def codes_are_unique_in_snapshots() -> Iterator[str]:
    twice = Document.objects.values("snapshot__check__code").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice:
        yield f"Le code {row['snapshot__check__code']} est porté par {row['n']} papiers."


def register_all() -> None:
    for code, sentence, check in (
        ("documents.numbers", "Les numéros se suivent, sans trou ni doublon.", numbers_are_gapless),
        ("documents.renderings", "Chaque papier a son rendu.", every_paper_has_its_rendering),
        ("documents.files", "Chaque fichier a son empreinte.", stored_files_are_unaltered),
        ("documents.done", "Un papier dit fait a un fichier.", done_renderings_have_a_file),
        ("documents.chains", "Un papier remplacé nomme son remplaçant.", chains_end_at_one_paper),
        ("documents.codes", "Un code désigne un seul papier.", codes_are_unique_in_snapshots),
    ):
        register(Invariant(code, sentence, check))
