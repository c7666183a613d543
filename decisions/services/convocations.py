"""What an assembly tells on paper: the very facts of its notices, agenda included."""

from django.utils.translation import gettext as _

from cohorts.papers.convocations import Occasion
from decisions.models import Assembly


def occasion_of_assembly(assembly: Assembly) -> Occasion:
    """When, where, the points in order, the word of who convenes. One query.

    Its end is nobody's to know: an assembly lasts as long as it talks.
    """
    points = [item.title for item in assembly.agenda.all()]
    return Occasion(
        key=f"assembly:{assembly.pk}",
        what=_("assemblée"),
        title=_("Assemblée de la coopérative"),
        place=assembly.place,
        moments=((assembly.starts_at, None),),
        agenda=tuple(points),
        word=assembly.word,
        replies=_(
            "Chaque personne a une voix. Vous ne pouvez pas venir ? Vous pouvez donner votre voix à "
            "quelqu’un du groupe avant le vote : demandez à la coordination comment faire."
        ),
    )
