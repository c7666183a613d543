"""Opening the sensitive answers of an operation for its tables: recorded for each person."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.selectors.participants import participants_of
from cohorts.services.sensitive import export_sensitive
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from reports.models import Operation
from reports.selectors.funding import cohorts_of_operation
from reports.selectors.indicators import Tables, tables_of


@transaction.atomic
def open_tables(*, operation: Operation, actor: Actor, at: dt.datetime) -> Tables:
    """The tables with their sensitive rows. Raises Refused to another seat, or without a cohort."""
    cohorts, today = cohorts_of_operation(operation), civil_day(at)
    if not cohorts:
        raise Refused(_("Aucune cohorte ne porte ce numéro : il n’y a personne à compter."))
    people = participants_of(cohorts[0], today)
    opened = export_sensitive(
        cohort=cohorts[0], enrolments=[one.first.enrolment for one in people], actor=actor, at=at
    )
    return tables_of(operation, today, opened)
