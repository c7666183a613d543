from reports.models.snapshot import Snapshot

__all__ = ["Snapshot"]
