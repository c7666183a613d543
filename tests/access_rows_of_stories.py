"""Who opens each address of the stories: anybody what is public, the author theirs, the coordination its cohort's."""

from tests.access_row import ANYONE, COOPERANTS, Row, act, page

STORIES: dict[str, Row] = {
    "testimonials:public": ANYONE,
    "testimonials:story": ANYONE,
    "testimonials:story_card": ANYONE,
    "testimonials:story_photo": ANYONE,
    "testimonials:embed": ANYONE,
    "testimonials:withdraw_by_link": ANYONE,
    "testimonials:mine": Row(COOPERANTS),
    "testimonials:answer_ask": Row(COOPERANTS, post=True, sends=(("said", "later"),)),
    "testimonials:own": page("amina"),
    "testimonials:edit": page("amina"),
    "testimonials:answer": act("amina"),
    "testimonials:agree_more": act("amina"),
    "testimonials:withdraw": act("amina"),
    "testimonials:link": act("amina"),
    "testimonials:recording": page("amina", "driss"),
    "testimonials:photo": page("amina", "driss"),
    "testimonials:of_cohort": page("driss"),
    "testimonials:helped": page("driss"),
    "testimonials:desk": page("driss"),
    "testimonials:approve": act("driss"),
    "testimonials:decline": act("driss"),
    "testimonials:propose": page("driss"),
    "testimonials:on_paper": page(),  # nothing waits for paper there: tests/testimonials/test_helped.py
    "testimonials:parental": page("driss"),
    "testimonials:withdraw_for": page("driss"),
    "testimonials:add_place": page(),  # not accepted yet: tests/testimonials/test_places.py
    "testimonials:settle": act("driss"),
}
