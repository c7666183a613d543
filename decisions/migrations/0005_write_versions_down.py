"""What was voted before moves to the new nouns: one version a proposal, ballots as in the ballots file.

Counts, winners and dates are carried over as they are: only their writing changes.
"""

from django.db import migrations
from django.db.models import F

OLD_TO_NEW = {"no_majority": "no_winner"}
NEW_TO_OLD = {new: old for old, new in OLD_TO_NEW.items()}


def _ballot(option):
    return {"choice": option.code} if option else {"blank": True}


def fill(apps, schema_editor):
    Proposal = apps.get_model("decisions", "Proposal")
    ProposalVersion = apps.get_model("decisions", "ProposalVersion")
    Poll = apps.get_model("decisions", "Poll")
    Elector = apps.get_model("decisions", "Elector")
    for proposal in Proposal.objects.all():
        version = ProposalVersion.objects.create(
            proposal=proposal,
            number=1,
            text=proposal.text,
            effect_settings=proposal.effect_settings,
            written_by_id=proposal.written_by_id,
            written_at=proposal.created_at,
        )
        Poll.objects.filter(proposal=proposal).update(version=version)
    Poll.objects.update(method="choice")
    for poll in Poll.objects.select_related("statutes").filter(statutes__isnull=False):
        top, bottom = poll.statutes.quorum_numerator, poll.statutes.quorum_denominator
        Poll.objects.filter(pk=poll.pk).update(quorum=f"{top}/{bottom}" if top else "0")
    for name in ("Ballot", "BallotChange"):
        model = apps.get_model("decisions", name)
        for row in model.objects.select_related("option"):
            model.objects.filter(pk=row.pk).update(content=_ballot(row.option))
    ballots = apps.get_model("decisions", "Ballot").objects
    for ballot in ballots.select_related("elector__enrolment"):
        voter = ballot.elector.enrolment.person_id
        ballots.filter(pk=ballot.pk).update(cast_by_id=voter)
        Elector.objects.filter(pk=ballot.elector_id).update(used=True, channel="phone")
    _tallies(apps, _new_tally, OLD_TO_NEW)
    Outcome = apps.get_model("decisions", "Outcome")
    for outcome in Outcome.objects.filter(kind="elected").select_related("poll__proposal"):
        Outcome.objects.filter(pk=outcome.pk).update(law=outcome.poll.proposal.effect_code)


def _tallies(apps, write, kinds):
    Outcome = apps.get_model("decisions", "Outcome")
    for outcome in Outcome.objects.select_related("winner", "poll"):
        Outcome.objects.filter(pk=outcome.pk).update(
            tally=write(outcome, kinds), kind=kinds.get(outcome.kind, outcome.kind)
        )


def _new_tally(outcome, kinds):
    old = outcome.tally
    if "votes" not in old:
        return old
    winners = [outcome.winner.code] if outcome.winner else []
    return {
        "format": "ct-tally/1",
        "method": "choice",
        "poll": str(outcome.poll_id),
        "roll": old["roll"],
        "present": old["present"],
        "cast": old["present"],
        "blank": old["blank"],
        "expressed": old["expressed"],
        "quorum": {"required": old["required"], "reached": old["present"] >= old["required"]},
        "outcome": kinds.get(outcome.kind, outcome.kind),
        "winners": winners,
        "ranking": _layers(old["votes"]),
        "tie_break": None,
        "detail": {"votes": old["votes"], "again": old["again"]},
        "again": old["again"],
        "winner_labels": [outcome.winner.label] if outcome.winner else [],
    }


def _layers(votes):
    """Answers by decreasing votes; the old tally kept them in the order of the poll."""
    counts = sorted(set(votes.values()), reverse=True)
    return [[code for code in votes if votes[code] == count] for count in counts]


def _old_tally(outcome, kinds):
    new = outcome.tally
    if "detail" not in new or "votes" not in new["detail"]:
        return new
    return {
        "roll": new["roll"],
        "present": new["present"],
        "blank": new["blank"],
        "expressed": new["expressed"],
        "required": new["quorum"]["required"],
        "votes": new["detail"]["votes"],
        "again": new["again"],
    }


def unfill(apps, schema_editor):
    """Back to one text a proposal: its first. Ballots of the new methods have no old writing."""
    Proposal = apps.get_model("decisions", "Proposal")
    ProposalVersion = apps.get_model("decisions", "ProposalVersion")
    PollOption = apps.get_model("decisions", "PollOption")
    for version in ProposalVersion.objects.order_by("proposal_id", "-number"):
        Proposal.objects.filter(pk=version.proposal_id).update(
            text=version.text, effect_settings=version.effect_settings
        )
    for name, path in (("Ballot", "elector__poll"), ("BallotChange", "ballot__elector__poll")):
        model = apps.get_model("decisions", name)
        for row in model.objects.annotate(of_poll=F(f"{path}_id")):
            code = (row.content or {}).get("choice")
            option = PollOption.objects.filter(poll_id=row.of_poll, code=code).first()
            model.objects.filter(pk=row.pk).update(option=option)
    apps.get_model("decisions", "Poll").objects.update(version=None, method="majority")
    apps.get_model("decisions", "Contribution").objects.update(taken_in=None)
    ProposalVersion.objects.all().delete()
    _tallies(apps, _old_tally, NEW_TO_OLD)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_say_how_it_is_decided")]

    operations = [migrations.RunPython(fill, unfill)]
