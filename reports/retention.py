"""What reports keeps of people, and how long: of those who write and read them. Groups, elsewhere."""

from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        80,
        _("Rapports : qui les prépare, les lit, pose une question"),
        _("Rendre compte aux financeurs. Ils ne nomment aucun coopérant"),
        _("5 ans après le dernier versement du financement"),
        "Snapshot Report Comment Recipient Question Answer ReportRequest ReportNotice ShareLink",
    ),
)


def register_all() -> None:
    retention.register("reports", ROWS)
