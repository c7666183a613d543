"""The chooser in sentences: what is decided, why this way, what each way asks of people."""

from django.utils.translation import gettext as _

from decisions.enums import Method, Secrecy
from decisions.rules.chooser import Subject


def subject_label(subject: Subject) -> str:
    return {
        Subject.LIVING_RULE: _("Une règle ou un texte avec lequel on vit"),
        Subject.YES_NO: _("Un oui ou un non : un prix, un client, une date"),
        Subject.STATUTES: _("Les statuts du groupe"),
        Subject.ONE_SHARING_RULE: _("Une règle de partage, à prendre ou à laisser"),
        Subject.SEVERAL_SHARING_RULES: _("Une règle de partage parmi plusieurs"),
        Subject.ELECT_ONE: _("Choisir une personne"),
        Subject.ELECT_SEVERAL: _("Choisir plusieurs personnes"),
        Subject.EXCLUDE: _("Exclure une personne"),
        Subject.ADMIT: _("Accueillir une personne"),
        Subject.RECALL: _("Mettre fin à un mandat"),
        Subject.PICK: _("Un nom, un menu, un jour"),
        Subject.ORDER: _("Un ordre entre plusieurs choses"),
        Subject.SPEND_RESERVE: _("Une réserve à dépenser en plusieurs usages"),
    }[subject]


def why(subject: Subject) -> str:
    """One sentence: the method the chooser proposes, and its reason."""
    return {
        Subject.LIVING_RULE: _(
            "Nous proposons le consentement : une règle de tous les jours doit être supportable "
            "par tout le monde, et une objection fait changer le texte."
        ),
        Subject.YES_NO: _(
            "Nous proposons pour ou contre, à la majorité simple : c’est une seule question, "
            "et elle peut se reposer."
        ),
        Subject.STATUTES: _(
            "Nous proposons pour ou contre, aux deux tiers : on ne change pas les règles du jeu "
            "d’une seule voix."
        ),
        Subject.ONE_SHARING_RULE: _(
            "Nous proposons pour ou contre, aux deux tiers : l’argent de chacun ne bascule pas "
            "d’une seule voix."
        ),
        Subject.SEVERAL_SHARING_RULES: _(
            "Nous proposons le jugement majoritaire : chacun donne une mention à chaque règle, "
            "et celle que le groupe supporte le mieux gagne."
        ),
        Subject.ELECT_ONE: _(
            "Nous proposons le jugement majoritaire : on donne une mention à chaque personne, "
            "sans avoir à en écarter une."
        ),
        Subject.ELECT_SEVERAL: _(
            "Nous proposons l’approbation : on coche toutes les personnes qui conviennent, "
            "les plus cochées prennent les places."
        ),
        Subject.EXCLUDE: _(
            "Nous proposons pour ou contre, aux deux tiers de toute la liste : une exclusion "
            "demande un accord très large, la personne est entendue d’abord."
        ),
        Subject.ADMIT: _(
            "Nous proposons pour ou contre, aux deux tiers : une personne nouvelle arrive mieux "
            "avec un accord large."
        ),
        Subject.RECALL: _(
            "Nous proposons pour ou contre, à plus de la moitié : il faut autant de voix pour "
            "reprendre un mandat que pour le donner."
        ),
        Subject.PICK: _(
            "Nous proposons l’approbation : on coche tout ce qui convient, le plus coché gagne."
        ),
        Subject.ORDER: _(
            "Nous proposons le classement : chacun range, et on compare les choses deux à deux."
        ),
        Subject.SPEND_RESERVE: _(
            "Nous proposons les parts égales : chaque voix porte la même part de la réserve, "
            "ainsi un petit groupe garde sa part."
        ),
    }[subject]


def method_line(method: Method) -> str:
    """What voters do, in one sentence."""
    return {
        Method.CHOICE: _("On choisit une seule réponse ; il faut plus de la moitié des voix."),
        Method.MAJORITY: _("On dit pour, contre, ou on s’abstient."),
        Method.CONSENT: _("On dit si on peut vivre avec ; une objection dit pourquoi et bloque."),
        Method.JUDGMENT: _(
            "On donne à chaque réponse une mention, de « À rejeter » à « Très bien »."
        ),
        Method.APPROVAL: _("On coche toutes les réponses qui conviennent."),
        Method.RANKED: _("On range les réponses de la préférée à la dernière."),
        Method.EQUAL_SHARES: _("On coche les usages ; chaque voix porte la même part de l’argent."),
    }[method]


def secrecy_line(secrecy: Secrecy) -> str:
    """What choosing this level leads to, in one sentence."""
    return {
        Secrecy.OPEN: _("À la fin, les membres du groupe voient qui a choisi quoi."),
        Secrecy.SECRET: _(
            "Personne du groupe ne voit les choix ; qui gère le serveur pourrait, en cherchant, "
            "en retrouver un. Un bulletin ne se change pas."
        ),
        Secrecy.SEALED: _(
            "Personne ne voit les choix. Le vote s’ouvre quand trois personnes ont pris leur clé, "
            "deux clés ouvrent l’urne ; si deux se perdent, on revote. Un bulletin ne se change pas."
        ),
    }[secrecy]
