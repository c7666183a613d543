"""Invented people and places of the demo. Phone numbers come from the ranges reserved for fiction."""

from dataclasses import dataclass

from stdnum.iban import calc_check_digits


@dataclass(frozen=True, slots=True)
class Invented:
    first_name: str
    last_name: str
    trade: str
    days: tuple[int, ...]  # weekdays worked, Monday is 0
    minutes: int  # a usual day


COOPERANTS = (
    Invented("Aminata", "Sarr", "fleuriste", (1, 5), 150),
    Invented("Karim", "Belhadj", "maraichage", (0, 2), 180),
    Invented("Nadia", "Cherif", "cuisine", (1, 4), 165),
    Invented("Moussa", "Diabaté", "maraichage", (3,), 270),
    Invented("Léa", "Fontaine", "fleuriste", (2,), 240),
    Invented("Chantal", "Guérin", "cuisine", (1, 3), 180),
    Invented("Bilal", "Haddad", "fleuriste", (5,), 255),
    Invented("Fatoumata", "Keïta", "cuisine", (0, 4), 195),
    Invented("Jean-Marc", "Lebrun", "maraichage", (1, 4), 150),
    Invented("Yvette", "Morel", "fleuriste", (5,), 120),
    Invented("Svetlana", "Moroz", "cuisine", (2,), 285),
    Invented("Mehdi", "Ouali", "maraichage", (4,), 210),
    Invented("Dolorès", "Pinto", "cuisine", (1, 3), 165),
    Invented("Rosa", "Teixeira", "fleuriste", (3, 5), 150),
    Invented("Thierry", "Vasseur", "maraichage", (4,), 180),
)

ACTIVITIES = (
    ("Le jardin du Plateau", "maraichage"),
    ("Les bouquets du samedi", "fleuriste"),
    ("La Grande Marmite", "cuisine"),
)

# What a week brings: activity, what, to whom, euros excl. VAT, VAT percent, weekday.
WEEKLY_SALES = (
    ("maraichage", "Paniers de légumes", "Marché de Valbrune", "286.00", "5.5", 5),
    ("fleuriste", "Bouquets de saison", "Marché de Valbrune", "324.50", "10", 5),
    ("cuisine", "Repas du conseil", "Ville de Valbrune", "512.00", "10", 3),
)
ONE_OFF_SALES = (
    ("cuisine", "Buffet de l’inauguration", "Chambre de commerce de Valbrune", "780.00", "10", 12),
    ("fleuriste", "Compositions pour la mairie", "Ville de Valbrune", "460.00", "20", 19),
    ("maraichage", "Légumes pour la cantine", "École des Tilleuls", "395.40", "5.5", 23),
)
WEEKLY_EXPENSES = (
    ("maraichage", "Plants et terreau", "Pépinière du Val", "48.20"),
    ("fleuriste", "Fleurs coupées", "Grossiste de Valbrune", "92.60"),
    ("cuisine", "Épicerie et viande", "Halles de Valbrune", "121.35"),
)
WORDS = (
    ("Rosa", "Teixeira", "fleuriste", "Mon premier bulletin, je l’ai mis au mur de la cuisine."),
    (
        "Fatoumata", "Keïta", "cuisine",
        "Au conseil, ma voix compte comme celle des autres. Même quand je cherche mes mots.",
    ),
    (
        "Thierry", "Vasseur", "maraichage",
        "On a décidé ensemble de partager moitié égal, moitié heures. J’avais peur de demander.",
    ),
)  # fmt: skip


def invented_iban(rank: int) -> str:
    """An account of no bank: the code 99999 is given to none; its check digits are right."""
    account = f"9999900001{rank:011d}00"
    return f"FR{calc_check_digits(f'FRxx{account}')}{account}"
