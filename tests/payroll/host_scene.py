"""A host that makes its own slips: what is received, checked, handed out, and what must stay true."""

from decimal import Decimal

from payroll.invariants import pay as invariants
from payroll.invariants import uploads as upload_invariants
from payroll.models import HostSettings
from payroll.services.uploads import SlipAnswer, distribute_upload, receive_slips
from tests.factories import NOW
from tests.payroll.made_elsewhere import pdf_of, slip_lines
from tests.payroll.scene import NOVEMBER, set_scene

D = Decimal
BOTH = pdf_of(slip_lines("SARR Amina"), slip_lines("CHERIF Bastien", "240,00", "400,00"))


def set_host_scene(people):
    """The host makes its own slips, and has confirmed no profile."""
    made = set_scene(people, confirmed=False)
    HostSettings.objects.filter(host=made.world.host).update(slip_mode="host")
    return made


def received(scene, content=BOTH, name="novembre.pdf", month=NOVEMBER):
    return receive_slips(
        cohort=scene.cohort, month=month, name=name, content=content, actor=scene.helene, at=NOW
    )


def handed(scene, content=BOTH, **changes):
    return distribute_upload(upload=received(scene, content, **changes), actor=scene.helene, at=NOW)


def account(scene, name):
    entries = scene.people.enrolments[name].account_entries.values_list("kind", "amount")
    found = {}
    for kind, amount in entries:
        found[kind] = found.get(kind, D(0)) + amount
    return found


def answers(upload, **changes):
    """What the page would send when nothing is touched, with changes by position."""
    found = {}
    for slip in upload.slips.all():
        asked = {
            "enrolment_id": slip.enrolment_id, "net_paid": slip.net_paid,
            "total_cost": slip.total_cost, "left_out": slip.left_out,
        }  # fmt: skip
        found[slip.pk] = SlipAnswer(**asked | changes.get(f"n{slip.position}", {}))
    return found


def all_is_consistent():
    checks = [
        invariants.shares_sum_to_the_pot, invariants.each_share_is_cost_and_remainder,
        invariants.the_account_says_what_was_issued, invariants.slips_sum_their_lines,
        upload_invariants.handed_slips_are_their_persons_paper,
    ]  # fmt: skip
    return [sentence for check in checks for sentence in check()]
