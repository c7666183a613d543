"""What reports keeps of people, and how long: of those who write and read them. Groups, elsewhere."""

from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        80,
        _("Rapports : qui les prépare, les lit, pose une question"),
        _("Rendre compte aux financeurs. Ils ne nomment aucun coopérant"),
        _("5 ans après le dernier versement du financement"),
        "Snapshot Report Comment Recipient Question Answer ReportRequest ReportNotice ShareLink",
    ),
    Kept(
        81,
        _("Années publiées et données ouvertes : qui les fige, qui les publie"),
        _("Dire qui répond de ce qui est rendu public"),
        _("tant que l’année reste publiée"),
        "Edition Publication OpenRelease",
    ),
    Kept(
        82,
        _("Financements : qui note une demande, un versement, un coût, une remise"),
        _("Justifier chaque euro devant le financeur"),
        _("5 ans après le dernier versement du financement"),
        "FundingLine FundingReceipt FundingDue CostLine",
    ),
    Kept(
        83,
        _("Jetons d’accès : qui les crée, qui les ferme, qui est prévenu"),
        _("Savoir quelle machine lit des rapports, et pour qui. Aucun coopérant n’y est nommé"),
        _("1 an après la fin du jeton"),
        "ApiToken TokenNotice",
    ),
)


def register_all() -> None:
    retention.register("reports", ROWS)
