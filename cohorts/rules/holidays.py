"""French public holidays of a year (C. trav. L3133-1), without those of Alsace-Moselle and overseas. Pure."""

import datetime as dt

_FIXED = {
    (1, 1): "le jour de l’an", (5, 1): "la fête du Travail", (5, 8): "la Victoire de 1945",
    (7, 14): "la fête nationale", (8, 15): "l’Assomption", (11, 1): "la Toussaint",
    (11, 11): "l’Armistice", (12, 25): "Noël",
}  # fmt: skip
_AFTER_EASTER = {1: "le lundi de Pâques", 39: "l’Ascension", 50: "le lundi de Pentecôte"}


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leaps, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    week = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def holiday_on(day: dt.date) -> str:
    """What is celebrated that day, with its article ("l’Ascension"); "" on an ordinary day."""
    if (day.month, day.day) in _FIXED:
        return _FIXED[day.month, day.day]
    return _AFTER_EASTER.get((day - easter(day.year)).days, "")
