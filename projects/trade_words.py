"""How each trade says the same things: one row of words a trade, no test on a trade anywhere else."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ct_platform.kit.trades import OWN
from projects.enums import IdeaKind, VatCategory

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class TradeWords:
    offers: "StrPromise"  # "Paniers de la semaine"
    new_offer: "StrPromise"
    no_offer: "StrPromise"
    offer_example: "StrPromise"
    content: "StrPromise"  # label of what an offer holds
    content_example: "StrPromise"
    count: "StrPromise"  # "Combien de paniers"
    orders: "StrPromise"
    new_order: "StrPromise"
    prepare: "StrPromise"  # title of the printed list
    lots: "StrPromise | str"  # empty: this trade counts no lots
    new_lot: "StrPromise | str"
    lot_example: "StrPromise | str"
    origin: "StrPromise | str"
    ideas: "StrPromise"
    new_idea: "StrPromise"
    needs: "StrPromise"
    idea_kind: IdeaKind
    category: VatCategory  # of a product named in passing; the host decides at invoicing


GARDEN = TradeWords(
    offers=_("Paniers"),
    new_offer=_("Proposer un panier"),
    no_offer=_(
        "Le panier de la semaine : ce qu’il y a dedans, combien, jusqu’à quand on commande."
    ),
    offer_example=_("Par exemple : Panier de la semaine."),
    content=_("Ce qu’il y a dedans"),
    content_example=_("Une ligne par légume : 1 kg de poireaux…"),
    count=_("Combien de paniers"),
    orders=_("Commandes de paniers"),
    new_order=_("Noter une commande"),
    prepare=_("Paniers à préparer"),
    lots=_("Récoltes"),
    new_lot=_("Noter une récolte"),
    lot_example=_("Par exemple : poireaux."),
    origin=_("De quelle planche"),
    ideas=_("Planches de culture"),
    new_idea=_("Garder une planche"),
    needs=_("Ce qu’il faut : plants, espacement, matériel"),
    idea_kind=IdeaKind.BED,
    category=VatCategory.FOOD,
)
FLOWERS = TradeWords(
    offers=_("Bouquets de saison"),
    new_offer=_("Proposer un bouquet"),
    no_offer=_("Le bouquet de la saison : les fleurs, le prix, jusqu’à quand on commande."),
    offer_example=_("Par exemple : Bouquet de Toussaint."),
    content=_("Les fleurs"),
    content_example=_("Une ligne par fleur : 3 chrysanthèmes…"),
    count=_("Combien de bouquets"),
    orders=_("Commandes de bouquets"),
    new_order=_("Noter une commande"),
    prepare=_("Bouquets à préparer"),
    lots=_("Fleurs cueillies ou reçues"),
    new_lot=_("Noter des fleurs"),
    lot_example=_("Par exemple : chrysanthèmes."),
    origin=_("D’où elles viennent"),
    ideas=_("Modèles de bouquets"),
    new_idea=_("Garder un bouquet"),
    needs=_("Les fleurs et le feuillage"),
    idea_kind=IdeaKind.BOUQUET,
    category=VatCategory.RAW_PLANTS,
)
KITCHEN = TradeWords(
    offers=_("Menus"),
    new_offer=_("Proposer un menu"),
    no_offer=_("Le menu d’un service : les plats, combien de repas, jusqu’à quand on commande."),
    offer_example=_("Par exemple : Menu du jeudi."),
    content=_("Les plats"),
    content_example=_("Un plat par ligne. Dites les allergènes."),
    count=_("Combien de repas"),
    orders=_("Commandes du service"),
    new_order=_("Noter une commande"),
    prepare=_("À préparer pour le service"),
    lots=_("Préparations"),
    new_lot=_("Noter une préparation"),
    lot_example=_("Par exemple : soupe de poireaux."),
    origin=_("Quelle marmite, quel bac"),
    ideas=_("Recettes"),
    new_idea=_("Garder une recette"),
    needs=_("Les ingrédients"),
    idea_kind=IdeaKind.RECIPE,
    category=VatCategory.FOOD,
)
SERVICES = TradeWords(
    offers=_("Missions proposées"),
    new_offer=_("Proposer une mission"),
    no_offer=_("Une mission : ce qu’on fait, le prix, combien on peut en prendre."),
    offer_example=_("Par exemple : Deux heures de jardinage."),
    content=_("Ce qu’on fait"),
    content_example=_("Une ligne par chose à faire."),
    count=_("Combien de missions"),
    orders=_("Missions par jour"),
    new_order=_("Noter une mission"),
    prepare=_("Missions du jour"),
    lots="",
    new_lot="",
    lot_example="",
    origin="",
    ideas=_("Idées de services"),
    new_idea=_("Garder une idée"),
    needs=_("Ce qu’il faut"),
    idea_kind=IdeaKind.IDEA,
    category=VatCategory.SERVICE,
)
ANY = TradeWords(
    offers=_("Offres"),
    new_offer=_("Proposer quelque chose"),
    no_offer=_("Une offre : ce que c’est, le prix, combien, jusqu’à quand on commande."),
    offer_example=_("Par exemple : Sac en tissu."),
    content=_("Ce que c’est"),
    content_example=_("Une ligne par chose."),
    count=_("Combien on en propose"),
    orders=_("Commandes"),
    new_order=_("Noter une commande"),
    prepare=_("À préparer"),
    lots=_("Productions"),
    new_lot=_("Noter une production"),
    lot_example=_("Par exemple : sacs cousus."),
    origin=_("D’où"),
    ideas=_("Idées"),
    new_idea=_("Garder une idée"),
    needs=_("Ce qu’il faut"),
    idea_kind=IdeaKind.IDEA,
    category=VatCategory.OTHER,
)
_WORDS = {
    "maraichage": GARDEN,
    "fleuriste": FLOWERS,
    "cuisine": KITCHEN,
    "services": SERVICES,
    OWN: ANY,
}


def words_of(trade: str) -> TradeWords:
    """The words of a trade; a trade added to the house speaks as any other until it has its own."""
    return _WORDS.get(trade, ANY)
