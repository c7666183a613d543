"""What cohorts keeps of people, and how long: the constants are those its erasing obeys."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cohorts.rules import events, recovery, recruiting
from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        20,
        _("Candidatures : contact, réponses, message vocal, avis"),
        _("Choisir qui entre, et répondre à chacun"),
        retention.months(recruiting.KEPT_MONTHS, _("après le dernier contact")),
        "Application ApplicationReading Opinion ApplicationAnswer Voice",
        by_itself=True,
    ),
    Kept(
        21,
        _("Inscriptions aux réunions d’information : nom, contact"),
        _("Garder une place, prévenir d’un changement"),
        retention.days(recruiting.GUESTS_KEPT_DAYS, _("après la réunion")),
        "MeetingGuest",
        by_itself=True,
    ),
    Kept(
        22,
        _("Demandes « Je ne peux plus entrer »"),
        _("Vérifier à deux que c’est bien vous"),
        retention.months(recovery.KEPT_MONTHS, _("après leur fin")),
        "RecoveryRequest RecoveryNotice",
        by_itself=True,
    ),
    Kept(
        24,
        _("Invités d’un événement : nom, adresse, réponse"),
        _("Inviter, compter les places, prévenir d’un changement"),
        retention.days(events.GUESTS_KEPT_DAYS, _("après l’événement")),
        "Event EventGuest EventMessage",
        by_itself=True,
    ),
    Kept(
        25,
        _("Personnes rencontrées par un groupe"),
        _("Des stages, des commandes, du travail pour le groupe"),
        format_lazy(
            _(
                "{months} mois après leur accord ; sans accord, {days} jours après l’archivage de la coopérative"
            ),
            months=events.CONSENT_KEPT_MONTHS,
            days=events.CONTACTS_KEPT_DAYS,
        ),
        "Contact KeptContact",
        by_itself=True,
    ),
    Kept(
        30,
        _("Parcours dans la coopérative, mandats, compétences"),
        _("Vous accompagner, et prouver ce que vous savez faire"),
        _("Tant que vos papiers sont gardés"),
        "Enrolment Mandate SkillGrid SelfAssessment SkillConfirmation SkillDisplay",
    ),
    Kept(
        32,
        _("Dossier d’entrée et de sortie, adresse, preuves"),
        _("Le financement européen, obligation légale : réponses qu’on peut refuser"),
        _("5 ans après le dernier versement de ce financement"),
        "EntrySituation EntryPlace ExitSituation FileProof EnrolmentImport",
    ),
    Kept(
        33,
        _("Réponses sensibles : handicap, origine, logement"),
        _(
            "Le financement européen. Chiffrées, lues par une seule personne, et vous pouvez ne pas répondre"
        ),
        _("5 ans après le dernier versement de ce financement"),
        "SensitiveAnswers",
    ),
    Kept(
        34,
        _("Contrat, avenants, annonces à l’URSSAF et à France Travail"),
        _("Le contrat et les obligations de la coopérative hôte"),
        _("5 ans après la fin du contrat"),
        "Contract ContractTerms ContractFile ContractEligibility ContractAmendment ContractAlert AuthorityNotice",
    ),
    Kept(
        36,
        _("Séances et signatures de présence"),
        _("Prouver la formation et l’accompagnement aux financeurs"),
        _("5 ans après le dernier versement du financement"),
        "Session Attendance AttendanceSignature AttendanceChange CorrectionRequest SheetScan",
    ),
    Kept(
        37,
        _("Rappels, agenda du téléphone"),
        _("Vous prévenir d’une séance ou d’un changement"),
        _("Jusqu’à ce que vous coupiez l’agenda ; messages : un an après la fin de la coopérative"),
        "Agenda SessionNotice",
    ),
    Kept(
        38,
        _("Projet personnel, entretien de sortie, nouvelles à 3, 6 et 12 mois"),
        _(
            "Vous accompagner. Pour les nouvelles : votre accord, que vous pouvez retirer à tout moment"
        ),
        _("Ce que demande le financement européen : 5 ans après son dernier versement"),
        "OwnProject OwnStep OwnHelper ExitInterview FollowUp FollowUpChoice FollowUpAnswer",
    ),
    Kept(
        90,
        _("Qui accompagne, héberge, suit, et depuis quand"),
        _("Savoir qui pouvait lire et agir, à toute date"),
        _("Aussi longtemps que ce qui a été fait"),
        "CoordinatorSeat HostSeat PartnerSeat NetworkSeat ClosingReason Organisation",
    ),
)


def register_all() -> None:
    retention.register("cohorts", ROWS)
