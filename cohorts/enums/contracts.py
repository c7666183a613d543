from django.db import models
from django.utils.translation import gettext_lazy as _


class ContractKind(models.TextChoices):
    """What may bind a coopérant to the host. What each entails is in `rules.contract_kinds`."""

    CAPE = "cape", _("CAPE (contrat d’appui au projet d’entreprise)")
    CDD = "cdd", _("contrat à durée déterminée")
    CESA = "cesa", _("contrat d’entrepreneur salarié associé (CESA)")
    OTHER_JOB = "other_job", _("autre contrat de travail")


class ContractState(models.TextChoices):
    DRAFT = "draft", _("à compléter")
    TO_SIGN = "to_sign", _("à signer")
    SIGNED = "signed", _("signé")
    ENDED = "ended", _("fini")
    CANCELLED = "cancelled", _("annulé")


CONTRACT_ALLOWED: dict[str, frozenset[str]] = {
    ContractState.DRAFT: frozenset({ContractState.TO_SIGN, ContractState.CANCELLED}),
    # Back to draft: a mistake seen before anybody signed; the paper is then revoked.
    ContractState.TO_SIGN: frozenset(
        {ContractState.SIGNED, ContractState.DRAFT, ContractState.CANCELLED}
    ),
    # Cancelled: only a renewal that has not begun, when the term before it ends early.
    ContractState.SIGNED: frozenset({ContractState.ENDED, ContractState.CANCELLED}),
    ContractState.ENDED: frozenset[str](),
    ContractState.CANCELLED: frozenset[str](),
}
# A contract that both sides signed, whether it still runs or not.
BINDING = (ContractState.SIGNED, ContractState.ENDED)

AMENDMENT_ALLOWED: dict[str, frozenset[str]] = {
    ContractState.TO_SIGN: frozenset({ContractState.SIGNED, ContractState.CANCELLED}),
    ContractState.SIGNED: frozenset[str](),
    ContractState.CANCELLED: frozenset[str](),
}


class SignatureWay(models.TextChoices):
    SCAN = "scan", _("signé sur papier, copie jointe")
    KEPT = "kept", _("signé sur papier, original gardé par la coopérative hôte")


class EndReason(models.TextChoices):
    """Why a contract ended. Health is never asked: it would be a sensitive fact (RGPD art. 9)."""

    TERM = "term", _("le terme prévu")
    AGREEMENT = "agreement", _("l’accord des deux parties")
    PERSON = "person", _("la demande de la personne")
    JOB = "job", _("un emploi à temps complet")
    BUSINESS = "business", _("la création de son entreprise")
    HOST = "host", _("la demande de la coopérative hôte")
    OTHER = "other", _("une autre raison")


class FilePurpose(models.TextChoices):
    SIGNED = "signed", _("exemplaire signé")
    CONSENT = "consent", _("accord de l’autorité parentale")
    POINT = "point", _("annexe")
    PROOF = "proof", _("preuve d’envoi")


class Authority(models.TextChoices):
    URSSAF = "urssaf", _("URSSAF")
    FRANCE_TRAVAIL = "ft", _("France Travail")


class NoticeEvent(models.TextChoices):
    """C. trav. R5142-1: the conclusion with the planned term, each renewal, an early end."""

    SIGNATURE = "signature", _("signature et terme prévu")
    RENEWAL = "renewal", _("renouvellement")
    EARLY_END = "early_end", _("fin anticipée")


class AuthorityNoticeState(models.TextChoices):
    DUE = "due", _("à envoyer")
    SENT = "sent", _("envoyée")
    # The renewal it told of never began.
    MOOT = "moot", _("sans objet")


AUTHORITY_NOTICE_ALLOWED: dict[str, frozenset[str]] = {
    AuthorityNoticeState.DUE: frozenset({AuthorityNoticeState.SENT, AuthorityNoticeState.MOOT}),
    AuthorityNoticeState.SENT: frozenset[str](),
    AuthorityNoticeState.MOOT: frozenset[str](),
}


class SendingWay(models.TextChoices):
    REGISTERED = "registered", _("lettre recommandée")
    LETTER = "letter", _("lettre")
    EMAIL = "email", _("courriel")
    ONLINE = "online", _("espace en ligne")
    BY_HAND = "by_hand", _("remise contre reçu")
