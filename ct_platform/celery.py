"""The Celery app and its whole schedule. Delivery is at least once: rows, not messages, are the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ct_platform.settings.prod")

app = Celery("ct_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # What a broker lost is sent again; what a dead worker held is taken back.
    "sweep-renderings": {"task": "documents.tasks.sweep", "schedule": 60.0},
    # A vote closes by itself at its hour, even when nobody is there to press the button.
    "close-due-polls": {"task": "decisions.tasks.close_due_polls", "schedule": 60.0},
    # Ballots and key shares of secret votes go when the time to contest is over.
    "wipe-old-urns": {"task": "decisions.tasks.wipe_old_urns", "schedule": 3600.0},
    # Sessions of tomorrow, to who asked to be reminded; the hour is judged there.
    "remind-of-sessions": {"task": "cohorts.tasks.remind_of_sessions", "schedule": 900.0},
    "sweep-session-notices": {"task": "cohorts.tasks.sweep_session_notices", "schedule": 60.0},
    # Invitations to events, and what changes: sent again when lost.
    "sweep-event-messages": {"task": "cohorts.tasks.sweep_event_messages", "schedule": 60.0},
    # Quotes to customers: sent again when lost.
    "sweep-quote-messages": {"task": "projects.tasks.sweep_quote_messages", "schedule": 60.0},
    # Invoices to customers: sent again when lost.
    "sweep-invoice-messages": {"task": "projects.tasks.sweep_invoice_messages", "schedule": 60.0},
    # At instants fixed by the opening and the end of a vote, whoever votes when.
    "remind-due-polls": {"task": "decisions.tasks.remind_due_polls", "schedule": 300.0},
    "sweep-application-answers": {
        "task": "cohorts.tasks.sweep_application_answers",
        "schedule": 60.0,
    },
    "sweep-recovery-notices": {"task": "cohorts.tasks.sweep_recovery_notices", "schedule": 60.0},
    # What people told to apply is erased when its time is over.
    "erase-old-applications": {"task": "cohorts.tasks.erase_what_is_old", "schedule": 86400.0},
    "sweep-vote-notices": {"task": "decisions.tasks.sweep_notices", "schedule": 60.0},
    # Contracts end on their day; their end is announced 30, 15 and 7 days before, each once.
    "follow-contracts": {"task": "cohorts.tasks.follow_contracts", "schedule": 3600.0},
    # News after an exit, at three, six and twelve months; the hour of day is judged there.
    "follow-leavers": {"task": "cohorts.tasks.follow_leavers", "schedule": 3600.0},
    "sweep-follow-up-messages": {
        "task": "cohorts.tasks.sweep_follow_up_messages",
        "schedule": 60.0,
    },
    # The agreements of stories: their authors are told a month before, then the places are flagged.
    "follow-agreements": {"task": "testimonials.tasks.follow_agreements", "schedule": 3600.0},
    "sweep-author-notices": {"task": "testimonials.tasks.sweep_author_notices", "schedule": 60.0},
    # Reports of a quarter, a year, an end are prepared for the coordination; a silent month accepts.
    "follow-reports": {"task": "reports.tasks.follow_reports", "schedule": 3600.0},
    "sweep-report-notices": {"task": "reports.tasks.sweep_report_notices", "schedule": 60.0},
    # Keys of partners' machines: closed when their time, seat or partnership ends; told before.
    "follow-tokens": {"task": "reports.tasks.follow_tokens", "schedule": 3600.0},
    "sweep-token-notices": {"task": "reports.tasks.sweep_token_notices", "schedule": 60.0},
    "sweep-contract-alerts": {"task": "cohorts.tasks.sweep_contract_alerts", "schedule": 60.0},
    # Reminders of unpaid invoices, pressed by somebody: sent again when lost.
    "sweep-reminders": {"task": "projects.tasks.sweep_reminders", "schedule": 60.0},
    # What people ask from the public site: told to the network, erased when its time is over.
    "sweep-enquiry-mails": {"task": "ct_platform.home.tasks.sweep_enquiry_mails", "schedule": 60.0},
    "erase-old-enquiries": {
        "task": "ct_platform.home.tasks.erase_old_enquiries",
        "schedule": 86400.0,
    },
    # Credits of a bank that are for nobody here: forgotten after two months.
    "forget-old-bank-lines": {"task": "projects.tasks.forget_old_bank_lines", "schedule": 86400.0},
}
