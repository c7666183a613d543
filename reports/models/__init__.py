from reports.models.cost import CostLine
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
from reports.models.funding import (
    FundingDue,
    FundingLine,
    FundingReceipt,
    FundingShare,
    Operation,
)
from reports.models.merged import Edition, MergedBasis, MergedSnapshot, Publication
from reports.models.share import ShareLink
from reports.models.snapshot import Basis, Snapshot

__all__ = [
    "LONGEST_TEXT",
    "Answer",
    "Basis",
    "Comment",
    "CostLine",
    "Edition",
    "FundingDue",
    "FundingLine",
    "FundingReceipt",
    "FundingShare",
    "MergedBasis",
    "MergedSnapshot",
    "Operation",
    "Publication",
    "Question",
    "Recipient",
    "Report",
    "ReportNotice",
    "ReportRequest",
    "ShareLink",
    "Snapshot",
]
