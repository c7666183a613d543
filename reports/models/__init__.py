from reports.models.exchange import (
    LONGEST_TEXT,
    Answer,
    Comment,
    Question,
    Recipient,
    Report,
    ReportNotice,
    ReportRequest,
)
from reports.models.share import ShareLink
from reports.models.snapshot import Basis, PublishedFigure, Snapshot

__all__ = [
    "LONGEST_TEXT",
    "Answer",
    "Basis",
    "Comment",
    "PublishedFigure",
    "Question",
    "Recipient",
    "Report",
    "ReportNotice",
    "ReportRequest",
    "ShareLink",
    "Snapshot",
]
