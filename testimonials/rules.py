"""Words that deserve a second reading before they are public. Pure."""

from members.rules import fold

# A story may reveal benefits or health: the coordinator is warned, nobody is blocked.
_SENSITIVE = {
    "rsa": "RSA", "ass": "ASS", "aah": "AAH", "chomage": "chômage", "france travail": "France Travail",
    "allocation": "allocation", "handicap": "handicap", "rqth": "RQTH", "maladie": "maladie",
    "hopital": "hôpital", "depression": "dépression", "traitement": "traitement", "prison": "prison",
    "sans papiers": "papiers", "titre de sejour": "titre de séjour", "dette": "dette", "sdf": "logement",
}  # fmt: skip


def sensitive_words(text: str) -> list[str]:
    """The sensitive subjects a text names, in the order of the list, as people write them."""
    words = f" {fold(text)} "
    return [
        label for key, label in _SENSITIVE.items() if f" {key} " in words or f" {key}s " in words
    ]
