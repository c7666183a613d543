from documents.enums import DocumentStatus
from documents.models.counter import Counter
from documents.models.document import Document
from documents.models.notice import Notice
from documents.models.rendering import Rendering

__all__ = ["Counter", "Document", "DocumentStatus", "Notice", "Rendering"]
