"""A title with a line break is a title on one line: it forges no header, and keeps no other mail back."""

import datetime as dt

import pytest
from django.core import mail

from reports.models import TokenNotice
from reports.services import token_notices
from reports.services.tokens import make_token
from reports.tasks import send_token_notices
from tests.factories import NOW, TODAY

DAY = dt.timedelta(days=1)


def token(people, name: str, who: str) -> None:
    make_token(
        name=name,
        purpose="Notre tableau",
        expires_on=TODAY + 9 * DAY,
        actor=people.actor(who),
        at=NOW,
    )


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r"])
def test_a_name_in_two_lines_leaves_on_one_and_others_leave_too(people, mark):
    token(people, f"Tableau{mark}Bcc: tous@exemple.test", "elsa")
    token(people, "Voisin", "farid")
    token_notices.remind(at=NOW)
    send_token_notices(sorted(TokenNotice.objects.values_list("pk", flat=True)))
    told = {one.to[0]: one for one in mail.outbox}
    assert set(told) == {"elsa@exemple.test", "farid@exemple.test"}
    assert "\n" not in told["elsa@exemple.test"].subject
    assert not told["elsa@exemple.test"].message()["Bcc"]
