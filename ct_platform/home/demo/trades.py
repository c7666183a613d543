"""The daily work of three trades: tasks, a harvest of leeks, bouquets, a menu with its orders."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ct_platform.home.demo.scene import DAY, Scene, hour
from projects.models import Offer, Order, Project, Task
from projects.services import tasks, trades
from projects.services.tasks import TaskWishes
from projects.services.trades import IdeaWords, OfferWishes, OrderWishes

THURSDAY, SATURDAY = 3, 5
_TEAMS = {
    "maraichage": ("Belhadj", "Diabaté", "Lebrun", "Ouali", "Vasseur"),
    "fleuriste": ("Sarr", "Fontaine", "Haddad", "Morel", "Teixeira"),
    "cuisine": ("Cherif", "Guérin", "Keïta", "Moroz", "Pinto"),
}
_MEALS = (
    ("École du Plateau", 9, 12, "trois sans porc"),
    ("Atelier vélo", 4, 12, ""),
    ("Mme Blanc", 2, 12, ""),
    ("Garage Roche", 3, 13, "à emporter"),
    ("Bibliothèque des Halles", 4, 13, "une sans gluten"),
    ("M. et Mme Aubry", 2, 13, ""),
)
_BASKETS = (("Mme Blanc", 1), ("Famille Aubry", 2), ("Crèche des Tilleuls", 4), ("M. Praz", 1))
_BOUQUETS = (("Hôtel des Remparts", 4), ("Mme Castan", 1), ("Fleurs du souvenir", 6))


def work_together(scene: Scene) -> None:
    """Four tasks, one of them done and its hours not accepted yet by all."""
    garden, flowers, kitchen = (_project(scene, trade) for trade in _TEAMS)
    leeks = _task(
        scene,
        "Belhadj",
        "Récolter les poireaux",
        2,
        (9, 12),
        4,
        garden,
        "Planche 4, chemin des Saules",
    )
    for name in ("Belhadj", "Lebrun", "Ouali", "Vasseur"):
        _comes(scene, leeks, name)
    tasks.wait_for_task(
        task=leeks, enrolment=scene.enrolments["Diabaté"], actor=scene.voice("Diabaté"), at=scene.at
    )
    stall = _task(
        scene, "ines", "Tenir l’étal du samedi", _until(scene, SATURDAY), (8, 12), 3, flowers, "Place des Halles"
    )  # fmt: skip
    for name in ("Sarr", "Haddad", "Morel"):
        _comes(scene, stall, name)
    tasks.leave_task(
        task=stall, enrolment=scene.enrolments["Morel"], actor=scene.voice("Morel"), at=scene.at
    )
    meal = _task(
        scene, "Cherif", "Cuisiner le repas du jeudi", _until(scene, THURSDAY), (8, 13), 3, kitchen, "Cuisine du centre"
    )  # fmt: skip
    for name in ("Cherif", "Guérin"):
        _comes(scene, meal, name)
    _done_yesterday(scene, garden)


def _done_yesterday(scene: Scene, garden: Project) -> None:
    day = scene.today - DAY
    before = hour(day, 7)
    task = tasks.write_task(
        cohort=scene.cohort,
        wishes=TaskWishes("Laver les caisses et l’outillage", day, dt.time(14), dt.time(16), 3,
                          project=garden, place="Le potager"),
        actor=scene.voice("Lebrun"),
        at=before,
    )  # fmt: skip
    for name in ("Belhadj", "Lebrun", "Diabaté"):
        tasks.join_task(
            task=task, enrolment=scene.enrolments[name], actor=scene.voice(name), at=before
        )
    came = [scene.enrolments[name].pk for name in ("Belhadj", "Lebrun")]
    tasks.note_who_came(task=task, came=came, actor=scene.voice("Lebrun"), at=hour(day, 16, 15))


def practise_trades(scene: Scene) -> None:
    """Teams, what is kept, and one offer of each trade with its orders."""
    for trade, names in _TEAMS.items():
        trades.set_team(
            project=_project(scene, trade),
            members=[scene.enrolments[name].pk for name in names],
            referents=[scene.enrolments[names[0]].pk],
            actor=scene.coordinator,
            at=scene.at,
        )
    _garden(scene, _project(scene, "maraichage"))
    _flowers(scene, _project(scene, "fleuriste"))
    _kitchen(scene, _project(scene, "cuisine"))


def _garden(scene: Scene, garden: Project) -> None:
    voice = scene.voice("Belhadj")
    by: Any = {"actor": voice, "at": scene.at}
    lot = trades.note_lot(
        project=garden, product=None, name="Poireaux", unit="kg", day=scene.today - DAY,
        quantity=Decimal("42"), origin="planche 4", done_by="Karim, Jean-Marc et Mehdi", **by,
    )  # fmt: skip
    trades.note_lot(
        project=garden, product=None, name="Mâche", unit="barquette", day=scene.today - DAY,
        quantity=Decimal("30"), origin="serre", done_by="Thierry", **by,
    )  # fmt: skip
    basket = _offer(
        scene, garden, "Belhadj", "Panier de la semaine", "12.00", 20, scene.today, 6,
        "1 kg de poireaux\n1 barquette de mâche\n2 kg de pommes de terre\n1 courge", "automne",
    )  # fmt: skip
    for name, count in _BASKETS:
        _order(scene, basket, name, count, scene.today + 2 * DAY)
    trades.note_lot_move(
        lot=lot, kind="used", quantity=Decimal("8"), note="pour les paniers", offer=basket, **by
    )
    trades.note_lot_move(lot=lot, kind="lost", quantity=Decimal("1.5"), note="abîmés", **by)
    trades.keep_idea(
        project=garden,
        said=IdeaWords("Poireaux d’hiver", (6, 7, 8), "200 plants, 15 cm entre eux, 30 cm entre les rangs",
                       "Faire un trou profond au plantoir.\nPoser le plant, arroser, ne pas reboucher."),
        **by,
    )  # fmt: skip


def _flowers(scene: Scene, flowers: Project) -> None:
    """Bouquets of a feast that is over: handed over, and the sale not noted yet."""
    day = max(scene.today - 12 * DAY, scene.cohort.starts_on + DAY)
    before = hour(day - DAY)
    offer = _offer(
        scene, flowers, "Sarr", "Bouquet de Toussaint", "18.00", 15, day, 0,
        "3 chrysanthèmes\n2 branches d’eucalyptus\n1 ruban", "Toussaint", before,
    )  # fmt: skip
    for name, count in _BOUQUETS:
        row = _order(scene, offer, name, count, day, at=before)
        trades.move_order(order=row, to="handed", actor=scene.voice("Sarr"), at=hour(day, 17))
    trades.close_offer(offer=offer, actor=scene.voice("Sarr"), at=hour(day, 18))
    _offer(
        scene, flowers, "Fontaine", "Bouquet d’hiver", "16.00", 12, scene.today + 3 * DAY, 4,
        "5 roses de Noël\nHoux et lierre\n1 pomme de pin", "hiver",
    )  # fmt: skip
    trades.keep_idea(
        project=flowers,
        said=IdeaWords("Bouquet rond de printemps", (3, 4, 5), "7 tulipes\n3 renoncules\nfeuillage du jardin",
                       "Croiser les tiges en spirale.\nLier, couper droit."),
        actor=scene.voice("Sarr"), at=scene.at,
    )  # fmt: skip


def _kitchen(scene: Scene, kitchen: Project) -> None:
    """The menu of next Thursday: twenty-four meals, at two hours."""
    day = scene.today + _until(scene, THURSDAY) * DAY
    menu = _offer(
        scene, kitchen, "Cherif", "Menu du jeudi", "9.50", 40, day, 0,
        "Soupe de poireaux (lait)\nPoulet aux olives ou galette de lentilles\nCompote de pommes", "",
    )  # fmt: skip
    for name, count, at, note in _MEALS:
        _order(scene, menu, name, count, day, hour=dt.time(at), note=note)
    for title, months, needs in (
        (
            "Soupe de poireaux",
            (10, 11, 12, 1, 2),
            "3 kg de poireaux\n2 kg de pommes de terre\n1 litre de lait",
        ),
        ("Compote de pommes", (9, 10, 11), "5 kg de pommes\n1 bâton de cannelle"),
    ):
        trades.keep_idea(
            project=kitchen, said=IdeaWords(title, months, needs, "Laver, couper, cuire doucement."),
            actor=scene.voice("Cherif"), at=scene.at,
        )  # fmt: skip


def _project(scene: Scene, trade: str) -> Project:
    found: Project = (
        Project.objects.of_cohort(scene.cohort.pk).select_related("cohort").get(trade=trade)
    )
    return found


def _until(scene: Scene, weekday: int) -> int:
    """Days until the next such day of the week, never today."""
    return (weekday - scene.today.weekday() - 1) % 7 + 1


def _task(
    scene: Scene,
    who: str,
    title: str,
    days: int,
    hours: tuple[int, int],
    needed: int,
    project: Project,
    place: str,
) -> Task:
    return tasks.write_task(
        cohort=scene.cohort,
        wishes=TaskWishes(title, scene.today + days * DAY, dt.time(hours[0]), dt.time(hours[1]),
                          needed, project=project, place=place),
        actor=scene.voice(who),
        at=scene.at,
    )  # fmt: skip


def _comes(scene: Scene, task: Task, name: str) -> None:
    tasks.join_task(
        task=task, enrolment=scene.enrolments[name], actor=scene.voice(name), at=scene.at
    )


def _offer(
    scene: Scene, project: Project, who: str, title: str, price: str, quantity: int, day: dt.date,
    days: int, content: str, season: str, at: dt.datetime | None = None,
) -> Offer:  # fmt: skip
    """Opened at once; `days` more days after the first."""
    moment = at or scene.at
    offer = trades.write_offer(
        project=project,
        wishes=OfferWishes(
            title=title, quantity=quantity, starts_on=day, ends_on=day + days * DAY,
            order_until=day + days * DAY, unit_price=Decimal(price), content=content, season=season,
        ),
        actor=scene.voice(who),
        at=moment,
    )  # fmt: skip
    trades.open_offer(offer=offer, actor=scene.voice(who), at=moment)
    return offer


def _order(
    scene: Scene, offer: Offer, name: str, count: int, day: dt.date,
    hour: dt.time | None = None, note: str = "", at: dt.datetime | None = None,
) -> Order:  # fmt: skip
    return trades.take_order(
        offer=offer,
        wishes=OrderWishes(name, count, day, hour, note),
        actor=scene.coordinator,
        at=at or scene.at,
    )
