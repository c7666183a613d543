"""What a group keeps for the next one: own trades, ideas, models of offers. Without anybody's name."""

import pytest

from cohorts.models import Cohort
from cohorts.selectors.starter_kits import kit_lines, nameless_kit, read_kit, write_kit
from cohorts.services.starter_kits import start_from_kit
from cohorts.starter_kit import find
from projects.models import Idea, Offer, Order, Project
from projects.services import trades
from projects.services.trades import IdeaWords
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.trade_world import an_offer, order


@pytest.fixture
def garden(people):
    made = make.ProjectFactory(
        cohort=people.a.cohort, name="Fil à fil", trade="autre", trade_label="Couture"
    )
    by = {"actor": people.actor("amina"), "at": NOW}
    trades.keep_idea(project=made, said=IdeaWords("Sac", [3], "Du lin", "Coudre"), **by)
    trades.keep_idea(project=made, said=IdeaWords("Le sac d’Amina"), **by)
    put_away = trades.keep_idea(project=made, said=IdeaWords("Raté"), **by)
    trades.archive_idea(idea=put_away, **by)
    order(people, an_offer(people, made, title="Sac du mois", content="Un sac"))
    return made


def kit_of(people):
    return nameless_kit(kit_lines(Cohort.objects.get(pk=people.a.cohort.pk)))


def test_ideas_and_models_of_offers_travel_without_names(people, garden):
    kit = read_kit(write_kit(kit_of(people)))
    # "Le sac d’Amina" names somebody: it stays at home.
    assert [one["title"] for one in kit.of("ideas")] == ["Sac"]
    assert kit.of("projects") == [
        {"name": "Fil à fil", "trade": "autre", "trade_label": "Couture", "products": []}
    ]
    (offer,) = kit.of("offers")
    assert offer == {
        "project": "Fil à fil", "title": "Sac du mois", "content": "Un sac", "season": "",
        "price": "12.00", "quantity": 20,
    }  # fmt: skip


def start(people, kit, name="La suite"):
    return start_from_kit(
        kit=kit, name=name, host=people.a.host, programme=people.a.cohort.programme,
        starts_on=TODAY, seat=people.seat("driss"), actor=people.actor("driss"), at=NOW,
    )  # fmt: skip


def test_the_next_group_finds_them_nobody_s_and_drafts(people, garden):
    cohort, left = start(people, kit_of(people))
    made = Project.objects.of_cohort(cohort.pk).get()
    idea, offer = Idea.objects.get(project=made), Offer.objects.get(project=made)
    assert (made.trade_word, idea.author, idea.season) == ("Couture", None, "mars")
    assert (offer.state, offer.taken, offer.starts_on) == ("draft", 0, TODAY)
    assert left == [] and Order.objects.count() == 1


def test_what_belongs_to_an_activity_left_behind_says_so(people, garden):
    kit = kit_of(people)
    kit.parts["projects"] = []  # type: ignore[index]
    _cohort, left = start(people, kit)
    assert len([one for one in left if "« Fil à fil » ne l’est pas" in one]) == 2


@pytest.mark.parametrize(
    ("part", "item", "fault"),
    [
        ("projects", {"name": "Fil", "trade": "autre"}, "ne dit pas son métier"),
        ("projects", {"name": "Fil", "trade": "autre", "trade_label": 7}, "ne dit pas son métier"),
        ("ideas", {"project": "Fil", "title": "", "kind": "idea"}, "pas de nom"),
        ("ideas", {"project": "Fil", "title": "Sac", "kind": "idea", "months": [13]}, "saison"),
        ("ideas", {"project": "Fil", "title": "Sac", "kind": "idea", "months": "mars"}, "saison"),
        ("ideas", {"project": "Fil", "title": "Sac", "kind": "magie"}, "genre inconnu"),
        ("offers", {"project": "Fil", "title": "Sac", "price": "12", "quantity": 0}, "quantité"),
        ("offers", {"project": "Fil", "title": "Sac", "price": "-1", "quantity": 2}, "prix"),
        ("offers", {"project": "Fil", "title": "Sac", "price": 12, "quantity": 2}, "prix"),
    ],
)
def test_a_file_that_was_tampered_with_is_told(part, item, fault):
    found = find(part)
    assert found is not None and fault in found.fault(item)


def test_an_older_kit_still_opens():
    assert find("projects").fault({"name": "Le jardin", "trade": "maraichage"}) == ""
