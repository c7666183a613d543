from payroll.models.host import ContributionProfile, HostSettings
from payroll.models.ledger import AccountEntry
from payroll.models.payslip import Payslip, PayslipLine
from payroll.models.run import PayRun
from payroll.models.share import Share
from payroll.models.split_rule import SplitRule

__all__ = [
    "AccountEntry", "ContributionProfile", "HostSettings", "PayRun", "Payslip", "PayslipLine", "Share",
    "SplitRule",
]  # fmt: skip
