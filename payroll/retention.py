"""What payroll keeps of people, and how long."""

from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        42,
        _("Parts, cotisations, bulletins, compte, versements"),
        _("La paie, obligation légale. Vous seul, et qui la prépare, voyez la vôtre"),
        _("5 ans (bulletins), 10 ans (comptabilité)"),
        "Share PayRun Adjustment Correction PersonalTerms AccountEntry Payment PaymentOrder Refund "
        "RefundOrder RefundPayment SlipUpload UploadedSlip",
    ),
    Kept(
        43,
        _("Bulletin sur papier ou sur l’écran : votre choix"),
        _("Vous le donner comme vous l’avez voulu, et le prouver"),
        _("5 ans, comme le bulletin"),
        "EPayslipEvent SlipHandover",
    ),
    Kept(
        92,
        _("Qui a réglé et confirmé la paie"),
        _("Deux personnes répondent de chaque paie"),
        _("10 ans (comptabilité)"),
        "HostSettings ContributionProfile HostBankDetails",
    ),
)


def register_all() -> None:
    retention.register("payroll", ROWS)
