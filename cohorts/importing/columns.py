"""Headings: what they mean, however they are written; and which ones are missing or left aside."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.importing.cells import Cell
from members.rules import fold


@dataclass(frozen=True, slots=True)
class Column:
    """`names` are the other ways to write the heading, folded (no accent, no capital)."""

    code: str
    label: str | Promise
    example: str
    names: tuple[str, ...] = ()
    compulsory: bool = False


COLUMNS = (
    Column("last_name", _("Nom"), "Exemple",
           ("nom de famille", "nom de naissance", "nom usuel", "nom d usage", "nom naissance"), True),
    Column("first_name", _("Prénom"), "À effacer", ("prenoms", "prenom usuel", "prenom de naissance"), True),
    Column("used_name", _("Prénom d’usage"), "Nina",
           ("prenom usage", "surnom", "on l appelle", "appele", "appelee")),
    Column("birth_date", _("Date de naissance"), "14/03/1991",
           ("ne le", "nee le", "ne e le", "naissance", "date naissance", "ddn"), True),
    Column("phone", _("Téléphone"), "06 39 98 12 34",
           ("tel", "portable", "mobile", "numero", "tel portable", "telephone portable",
            "telephone mobile", "numero de telephone", "tel mobile")),
    Column("email", _("E-mail"), "nina@exemple.fr",
           ("mail", "email", "courriel", "adresse mail", "adresse e mail", "adresse email",
            "adresse electronique", "mel")),
    Column("address", _("Adresse"), "8 allée des Tilleuls", ("rue", "adresse postale", "voie")),
    Column("postcode", _("Code postal"), "99100", ("cp", "code")),
    Column("city", _("Commune"), "Valbrune", ("ville", "localite")),
    Column("activity", _("Activité"), "maraîchage", ("metier", "chantier", "projet", "atelier")),
    Column("weekly_hours", _("Heures par semaine"), "12,5",
           ("heures par semaine prevues", "heures prevues", "heures hebdo", "heures hebdomadaires",
            "heures prevues par semaine", "h semaine", "temps par semaine")),
    Column("votes_from", _("Vote à partir du"), "07/09/2026", ("vote depuis", "vote le", "droit de vote")),
    Column("contract_starts_on", _("Début de contrat"), "07/09/2026",
           ("debut du contrat", "debut contrat", "contrat du", "date de debut", "debut")),
    Column("contract_ends_on", _("Fin de contrat"), "18/12/2026",
           ("fin du contrat", "fin contrat", "contrat au", "date de fin", "fin")),
    Column("guardian_name", _("Représentant légal"), "",
           ("representant", "parent", "tuteur", "tutrice", "responsable legal", "nom du parent")),
    Column("guardian_agreed_on", _("Accord donné le"), "",
           ("accord du representant legal", "accord parental", "accord des parents", "accord")),
)  # fmt: skip
BY_CODE = {column.code: column for column in COLUMNS}

# How well a heading says what it is: the civil name wins over the name in use, which papers do not carry.
_WEAK_NAMES = {"nom d usage", "nom usuel", "prenom usuel"}
_MEANING = {fold(str(column.label)): column for column in COLUMNS} | {
    name: column for column in COLUMNS for name in column.names
}


@dataclass(slots=True)
class Headings:
    """Where each column stands (`at`: code → index), how the file calls it, and what is left over."""

    at: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def recognise(cells: tuple[Cell, ...]) -> int:
    """How many different columns a row of cells names: the heading row names the most."""
    return len({column.code for cell in cells if (column := _meaning(cell)) is not None})


def read_headings(cells: tuple[Cell, ...]) -> Headings:
    headings = Headings()
    strong_first = sorted(range(len(cells)), key=lambda i: (fold(str(cells[i])) in _WEAK_NAMES, i))
    for index in strong_first:
        written = str(cells[index]).strip()
        column = _meaning(cells[index])
        if not written:
            continue
        if column is None or (column.code in headings.at and fold(written) in _WEAK_NAMES):
            headings.ignored.append(written)
        elif column.code in headings.at:
            headings.doubled.append(written)
        else:
            headings.at[column.code] = index
            headings.written[column.code] = written
    headings.missing = [str(c.label) for c in COLUMNS if c.compulsory and c.code not in headings.at]
    return headings


def _meaning(cell: Cell) -> Column | None:
    return _MEANING.get(fold(cell)) if isinstance(cell, str) else None
