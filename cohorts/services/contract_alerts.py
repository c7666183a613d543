"""The end of contracts draws near: the host and the coordinators are told by mail, once a threshold.

One mail for all the contracts of a cohort that end the same day: fifteen mails would be read by nobody.
"""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort, Contract, ContractAlert, CoordinatorSeat, HostSeat
from cohorts.rules.contract_terms import ALERT_DAYS, alert_level
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.mail import Mail
from members.models import Person

TASK = "cohorts.tasks.send_contract_alerts"
_WAIT = dt.timedelta(hours=1)


def write_due(*, at: dt.datetime) -> int:
    """Write the alerts that today calls for, and send them; how many are new. Run twice: none more.

    Unique keys drop what was already written, also by another clock at the same moment.
    """
    today = civil_day(at)
    ends = (
        Contract.objects.ending_between(today, today + dt.timedelta(days=max(ALERT_DAYS)))
        .order_by("enrolment__cohort_id", "ends_on")
        .values_list("enrolment__cohort_id", "ends_on")
        .distinct()
    )
    written = 0
    for cohort_id, ends_on in ends:
        level = alert_level(ends_on, today)
        if level is not None:
            written += _write(cohort_id, ends_on, level, today, at)
    return written


@transaction.atomic
def _write(cohort_id: int, ends_on: dt.date, days: int, today: dt.date, at: dt.datetime) -> int:
    same = ContractAlert.objects.filter(cohort_id=cohort_id, ends_on=ends_on, days=days)
    before = set(same.values_list("pk", flat=True))
    cohort = Cohort.objects.get(pk=cohort_id)
    ContractAlert.objects.bulk_create(
        [
            ContractAlert(
                cohort=cohort, ends_on=ends_on, days=days, recipient_id=person_id, sent_at=at
            )
            for person_id in _recipients(cohort, today)
        ],
        ignore_conflicts=True,
    )
    new = [key for key in same.values_list("pk", flat=True) if key not in before]
    if new:
        transaction.on_commit(lambda: send(new), robust=True)
    return len(new)


def _recipients(cohort: Cohort, day: dt.date) -> list[int]:
    """Who sits at the host, and who coordinates the territory, with an address. Two queries."""
    hosts = HostSeat.objects.in_force(day).filter(organisation_id=cohort.host_id)
    coordinators = CoordinatorSeat.objects.in_force(day).filter(territory_id=cohort.territory_id)
    found: set[int] = set()
    for seats in (hosts, coordinators):
        found |= set(seats.exclude(person__email="").values_list("person_id", flat=True))
    return sorted(found)


def send(keys: Sequence[int]) -> int:
    """Queue these messages now; what a dead broker refuses is left to the sweep."""
    return send_keys(TASK, keys)


def tell(*, alert_id: int, at: dt.datetime) -> bool:
    """Send one alert if it is still to be sent, and still true; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op.
    """
    token = ContractAlert.objects.claim(alert_id, at)
    if token is None:
        return False
    alert = ContractAlert.objects.select_related("cohort", "recipient").get(pk=alert_id)
    ending = (
        Contract.objects.of_cohort(alert.cohort_id)
        .ending_between(alert.ends_on, alert.ends_on)
        .count()
    )
    if not ending or alert.ends_on < civil_day(at) or not alert.recipient.email:
        ContractAlert.objects.drop(alert_id, token, _("Plus rien à annoncer."))
        return False
    return deliver(alert, token, lambda: message_of(alert, ending).send(), at=at, wait=_WAIT)


def message_of(alert: ContractAlert, ending: int) -> Mail:
    """The mail: how many, which cohort, which day, where. Nobody's name."""
    person: Person = alert.recipient
    address = reverse("cohorts:contracts", kwargs={"cohort_id": alert.cohort_id})
    with translation.override("fr"):
        count = ngettext("%(n)d contrat finit", "%(n)d contrats finissent", ending) % {"n": ending}
        day = format_day(alert.ends_on)
        body = render_to_string(
            "cohorts/mail/contracts_end.txt",
            {
                "person": person,
                "count": count,
                "day": day,
                "cohort": alert.cohort,
                "url": f"{settings.PUBLIC_ORIGIN}{address}",
            },
        )
        subject = _("%(cohort)s : %(count)s le %(day)s") % {
            "cohort": alert.cohort.name,
            "count": count,
            "day": day,
        }
    return Mail(subject=subject, body=body, to=[person.email])


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; returns how many."""
    lost = ContractAlert.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0
