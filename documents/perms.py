"""Who may do what with a paper in sight (a queryset already scoped it)."""

from ct_platform.kit.actor import Actor
from documents.models import Document


def owns(actor: Actor, document: Document) -> bool:
    """The person the paper is about."""
    return document.subject_id == actor.person_id


def can_retry(actor: Actor) -> bool:
    """Coordinators and hosts run the papers of their cohorts; coopérants wait for theirs."""
    return actor.is_coordinator or actor.is_host
