"""What a story reveals about who tells it, or about others. Pure: said gently, never a block.

Health and the benefits somebody lives on are nobody else's business (RGPD art. 9; C. civ. art. 9),
and people tell them without thinking of who will read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from members.rules import fold


class Subject(StrEnum):
    SITUATION = "situation"
    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Finding:
    subject: Subject
    words: str


# Label → patterns on folded text (no accent, no case, single spaces). Word for word: "assez" is not
# ASS, "jour chômé" is not unemployment, "dépressurisé" is not a depression.
_SITUATIONS: dict[str, str] = {
    "RSA": r"rsa|rmi|rsiste|revenu de solidarite",
    "ASS": r"ass|allocation de solidarite",
    "AAH": r"aah|allocation adulte handicape",
    "chômage": r"chomage|chomeu(?:r|se)s?|demandeu(?:r|se)s? d emploi",
    "France Travail": r"france travail|pole emploi|anpe|mission locale|cap emploi",
    "aides": r"allocations?|alloc|caf|apl|prime d activite|minimum vieillesse|minima sociaux"
    r"|aides? sociales?|assistante? sociale?|restos du coeur|secours populaire"
    r"|banque alimentaire|aide alimentaire|surendette(?:e|ment)?s?",
    "handicap": r"handicaps?|handicape(?:e)?s?|rqth|mdph|invalidite|invalide|fauteuil roulant|esat",
    "maladie": r"maladies?|malade|cancer|diabete|diabetique|epilepsie|epileptique|sida|vih"
    r"|seropositi(?:f|ve)|sclerose|arret maladie|accident du travail|chimio|tumeur|avc"
    r"|longue maladie|ald|hernie discale",
    "hôpital": r"hopital|hopitaux|hospitalise(?:e)?|urgences|clinique|opere(?:e)? d[ue]|reeducation",
    "santé mentale": r"depressions?|depressi(?:f|ve)|deprime(?:e)?|burn out|burnout|bipolaire"
    r"|schizophrenie|schizophrene|psychiatr(?:e|ie|ique)|psychologue|psy|suicide|suicidaire"
    r"|antidepresseurs?|anxiolytiques?|angoisses?|crises? d angoisse|autis(?:te|me)",
    "traitement": r"traitements?(?! (?:de|du|des) )|medicaments?|ordonnance|sous methadone",
    "addiction": r"addictions?|alcoolique|alcoolisme|toxicomanes?|drogues?|desintox|desintoxication"
    r"|en cure",
    "grossesse": r"(?:suis|etais|tombee|etre|quand j etais) enceinte|grossesse|fausse couche|avortement|ivg",
    "prison": r"prison|detention|incarcere(?:e)?|garde a vue|bracelet electronique|casier judiciaire"
    r"|sortie de prison|spip",
    "papiers": r"sans papiers?|titre de sejour|carte de sejour|demandeu(?:r|se)s? d asile|refugie(?:e)?s?"
    r"|oqtf|clandestin(?:e)?",
    "logement": r"sdf|sans abri|a la rue(?! (?:de|du|des))|foyer d hebergement|hebergement d urgence|expulse(?:e)? de"
    r"|expulsion",
    "dettes": r"dettes?|huissiers?|interdit(?:e)? bancaire|fiche(?:e)? banque",
    "violences": r"violences? conjugales?|battue?|viol|violee|harcelee?|harcelement|agression sexuelle",
    "tutelle": r"tutelle|curatelle",
}  # fmt: skip
_PATTERNS = {label: re.compile(rf"\b(?:{words})\b") for label, words in _SITUATIONS.items()}
_PHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.]?[1-9](?:[\s.\-]?\d{2}){4}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
_ADDRESS = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter)?,?\s+(?:rue|avenue|av\.|boulevard|bd|allée|impasse|chemin|route|quai|"
    r"square|résidence|place (?:de|du|des|d’|d'))\b[^.,;\n]{0,40}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def sensitive_words(text: str) -> list[str]:
    """The subjects a text names, in the order of the list, as people write them."""
    folded = fold(text)
    return [label for label, pattern in _PATTERNS.items() if pattern.search(folded)]


def names_in(text: str, others: Iterable[str]) -> list[str]:
    """First names of others that a text writes with a capital: "Rose", not "une rose"."""
    written = {
        fold(part)
        for word in _WORD.findall(text)
        for part in (word, re.split(r"[’']", word)[-1])
        if part[:1].isupper()
    }
    return sorted({name for name in others if fold(name) and fold(name) in written})


def findings(text: str, others: Iterable[str] = ()) -> list[Finding]:
    """Everything that deserves a second look, the most personal first."""
    found = [Finding(Subject.SITUATION, label) for label in sensitive_words(text)]
    found += [Finding(Subject.PERSON, name) for name in names_in(text, others)]
    for subject, pattern in (
        (Subject.PHONE, _PHONE),
        (Subject.EMAIL, _EMAIL),
        (Subject.ADDRESS, _ADDRESS),
    ):
        found += [Finding(subject, one.group().strip()) for one in pattern.finditer(text)]
    return found
