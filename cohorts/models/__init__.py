from cohorts.models.agenda import Agenda, SessionNotice
from cohorts.models.application import (
    Application,
    ApplicationAnswer,
    ApplicationReading,
    InformationMeeting,
    MeetingGuest,
    Opinion,
    Voice,
)
from cohorts.models.attendance import (
    Attendance,
    AttendanceChange,
    AttendanceSignature,
    CorrectionRequest,
    SheetScan,
    TrainerSignature,
)
from cohorts.models.authority_notice import AuthorityNotice, ContractAlert
from cohorts.models.badge_series import BadgeSeries
from cohorts.models.closing import ClosingReason
from cohorts.models.cohort import Cohort, Phase
from cohorts.models.contact import Contact, KeptContact
from cohorts.models.contract import (
    Contract,
    ContractAmendment,
    ContractEligibility,
    ContractFile,
    ContractPoint,
    ContractTerms,
)
from cohorts.models.enrolment import Enrolment
from cohorts.models.enrolment_import import EnrolmentImport
from cohorts.models.entry_file import (
    EntryPlace,
    EntrySituation,
    ExitSituation,
    FileProof,
    SensitiveAnswers,
)
from cohorts.models.event import Event, EventGuest, EventMessage
from cohorts.models.follow_up import (
    ExitInterview,
    FollowUp,
    FollowUpAnswer,
    FollowUpChoice,
    FollowUpMessage,
)
from cohorts.models.mandate import Mandate
from cohorts.models.organisation import Organisation, Partnership
from cohorts.models.own_project import OwnHelper, OwnProject, OwnStep
from cohorts.models.programme import Programme
from cohorts.models.quarter import Quarter, QuarterImport
from cohorts.models.recovery import RecoveryNotice, RecoveryRequest
from cohorts.models.seat import CoordinatorSeat, HostSeat, NetworkSeat, PartnerSeat
from cohorts.models.session import Session, SessionSeries, SessionTrainer, Slot
from cohorts.models.skill import SelfAssessment, Skill, SkillConfirmation, SkillDisplay, SkillGrid
from cohorts.models.territory import Territory

__all__ = [
    "Agenda",
    "Application",
    "ApplicationAnswer",
    "ApplicationReading",
    "Attendance",
    "AttendanceChange",
    "AttendanceSignature",
    "AuthorityNotice",
    "BadgeSeries",
    "ClosingReason",
    "Cohort",
    "Contact",
    "Contract",
    "ContractAlert",
    "ContractAmendment",
    "ContractEligibility",
    "ContractFile",
    "ContractPoint",
    "ContractTerms",
    "CoordinatorSeat",
    "CorrectionRequest",
    "Enrolment",
    "EnrolmentImport",
    "EntryPlace",
    "EntrySituation",
    "Event",
    "EventGuest",
    "EventMessage",
    "ExitInterview",
    "ExitSituation",
    "FileProof",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpChoice",
    "FollowUpMessage",
    "HostSeat",
    "InformationMeeting",
    "KeptContact",
    "Mandate",
    "MeetingGuest",
    "NetworkSeat",
    "Opinion",
    "Organisation",
    "OwnHelper",
    "OwnProject",
    "OwnStep",
    "PartnerSeat",
    "Partnership",
    "Phase",
    "Programme",
    "Quarter",
    "QuarterImport",
    "RecoveryNotice",
    "RecoveryRequest",
    "SelfAssessment",
    "SensitiveAnswers",
    "Session",
    "SessionNotice",
    "SessionSeries",
    "SessionTrainer",
    "SheetScan",
    "Skill",
    "SkillConfirmation",
    "SkillDisplay",
    "SkillGrid",
    "Slot",
    "Territory",
    "TrainerSignature",
    "Voice",
]
