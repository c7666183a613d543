"""Mails about reports: written with the effect, sent outside, at least once. A link, no figure."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.mail import Mail
from reports.enums import OUT, NoticeKind
from reports.models import ReportNotice

TASK = "reports.tasks.send_report_notices"


def send_on_commit(keys: Sequence[int]) -> None:
    if keys:
        transaction.on_commit(lambda: send_keys(TASK, keys), robust=True)


def tell(*, notice_id: int, at: dt.datetime) -> bool:
    """Send one mail if it is still to be sent; True when this call did it. A duplicate is a no-op."""
    token = ReportNotice.objects.claim(notice_id, at)
    if token is None:
        return False
    notice = ReportNotice.objects.select_related(
        "report__cohort", "report__snapshot", "person__user"
    ).get(pk=notice_id)
    address = notice.person.email or getattr(notice.person.user, "email", "") or ""
    if not address or notice.report.state not in OUT:
        ReportNotice.objects.drop(notice_id, token, _("Il n’y a pas d’adresse où écrire."))
        return False
    return deliver(notice, token, lambda: _deliver(notice, address), at=at)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a server refused; how many."""
    lost = ReportNotice.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send_keys(TASK, lost) if lost else 0


def _deliver(notice: ReportNotice, address: str) -> None:
    report = notice.report
    url = settings.PUBLIC_ORIGIN + reverse("reports:snapshot", args=[report.snapshot_id])
    words = {"cohort": report.cohort.name}
    with translation.override("fr"):
        if notice.kind == NoticeKind.ANSWER:
            subject = _("Réponse à votre question, %(cohort)s") % words
        elif report.replaces_id:
            subject = _("Rapport corrigé, %(cohort)s") % words
        else:
            subject = _("Rapport de suivi, %(cohort)s") % words
        page = {"notice": notice, "report": report, "url": url}
        body = render_to_string("reports/mail/notice.txt", page)
    Mail(subject=subject, body=body, to=[address]).send()
