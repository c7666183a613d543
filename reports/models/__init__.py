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
from reports.models.merged import Edition, MergedBasis, MergedSnapshot, Publication
from reports.models.share import ShareLink
from reports.models.snapshot import Basis, Snapshot

__all__ = [
    "LONGEST_TEXT",
    "Answer",
    "Basis",
    "Comment",
    "Edition",
    "MergedBasis",
    "MergedSnapshot",
    "Publication",
    "Question",
    "Recipient",
    "Report",
    "ReportNotice",
    "ReportRequest",
    "ShareLink",
    "Snapshot",
]
