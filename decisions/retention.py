"""What decisions keeps of people, and how long."""

from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        50,
        _("Votes secrets : bulletins enfermés, clés"),
        _("Compter, et recompter si quelqu’un conteste"),
        _(
            "Le temps de contester, que votre groupe fixe (15 jours le plus souvent) ; le compte reste"
        ),
        "KeyHolder",
        by_itself=True,
    ),
    Kept(
        51,
        _("Votes ouverts, liste électorale, procurations"),
        _("Le registre des décisions de votre groupe, qui voit ces votes"),
        _("Tant que la coopérative est gardée"),
        "Ballot Elector Proxy VoteNotice Reminder",
    ),
    Kept(
        52,
        _("Propositions, discussions, assemblées, procès-verbaux"),
        _("Savoir ce qui a été décidé, et pourquoi"),
        _("Tant que la coopérative est gardée"),
        "Proposal ProposalVersion Contribution Assembly AssemblyAttendance MinutesSignature RoomCount Statutes",
    ),
)


def register_all() -> None:
    retention.register("decisions", ROWS)
