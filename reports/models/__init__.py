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
from reports.models.open_data import OpenFile, OpenRelease
from reports.models.share import ShareLink
from reports.models.snapshot import Basis, PublishedFigure, Snapshot
from reports.models.token import ApiToken, TokenNotice

__all__ = [
    "LONGEST_TEXT",
    "Answer",
    "ApiToken",
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
    "OpenFile",
    "OpenRelease",
    "Operation",
    "Publication",
    "PublishedFigure",
    "Question",
    "Recipient",
    "Report",
    "ReportNotice",
    "ReportRequest",
    "ShareLink",
    "Snapshot",
    "TokenNotice",
]
