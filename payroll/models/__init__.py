from payroll.models.adjustment import Adjustment, Withholding
from payroll.models.correction import Correction
from payroll.models.host import ContributionProfile, HostBankDetails, HostSettings
from payroll.models.ledger import AccountEntry
from payroll.models.payment import Payment, PaymentOrder
from payroll.models.payslip import Payslip, PayslipLine, SlipHandover
from payroll.models.refund import Refund, RefundOrder, RefundPayment
from payroll.models.run import PayRun
from payroll.models.share import Share
from payroll.models.split_rule import SplitRule
from payroll.models.terms import EPayslipEvent, PersonalTerms
from payroll.models.upload import SlipUpload, UploadedSlip

__all__ = [
    "AccountEntry", "Adjustment", "ContributionProfile", "Correction", "EPayslipEvent",
    "HostBankDetails", "HostSettings", "PayRun", "Payment", "PaymentOrder", "Payslip", "PayslipLine",
    "PersonalTerms", "Refund", "RefundOrder", "RefundPayment", "Share", "SlipHandover",
    "SlipUpload", "SplitRule", "UploadedSlip", "Withholding",
]  # fmt: skip
