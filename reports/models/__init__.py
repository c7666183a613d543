from reports.models.snapshot import Basis, Snapshot

__all__ = ["Basis", "Snapshot"]
