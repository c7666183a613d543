"""What a text reveals: said gently to its author and to who reads it again, never a block."""

import pytest
from django.urls import reverse

from testimonials.enums import TestimonialState
from testimonials.rules.sensitive import Subject, findings, names_in, sensitive_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je touchais le RSA, maintenant j’ai une paie.", ["RSA"]),
        ("J’avais l’AAH et l’ASS.", ["ASS", "AAH"]),
        ("Trois ans de chômage, puis Pôle emploi.", ["chômage", "France Travail"]),
        ("Demandeuse d’emploi depuis deux ans.", ["chômage"]),
        ("Ma dépression, je l’ai laissée là.", ["santé mentale"]),
        ("Je suis travailleur handicapé, RQTH.", ["handicap"]),
        ("Après ma longue maladie et l’hôpital.", ["maladie", "hôpital"]),
        ("La CAF et les APL.", ["aides"]),
        ("J’étais enceinte de six mois.", ["grossesse"]),
        ("À ma sortie de prison, sans papiers.", ["prison", "papiers"]),
        ("J’étais à la rue.", ["logement"]),
        ("On m’a mis sous curatelle.", ["tutelle"]),
    ],
)
def test_it_sees_what_tells_of_benefits_or_health(text, found):
    assert sensitive_words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "On a bien rigolé au marché.",
        "Un grasset de légumes, assez pour tous.",
        "Le lundi est un jour chômé.",
        "On a dépressurisé la cocotte.",
        "Le curé nous a acheté des tulipes.",
        "Le traitement des plantes, sans produit.",
        "On livre à la rue des Halles.",
        "Les enceintes du marché étaient trop fortes.",
        "J’ai joué du violon.",
        "On a fait une opération portes ouvertes.",
    ],
)
def test_near_misses_are_left_in_peace(text):
    assert sensitive_words(text) == []


def test_it_sees_the_names_of_others_only_where_a_name_is_written():
    others = ["Rose", "Bastien", "Noé"]
    assert names_in("Merci à Bastien et d’abord à Noé.", others) == ["Bastien", "Noé"]
    assert names_in("Une rose rouge, et l’arche de Noël.", others) == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Appelez-moi au 06 39 98 00 12", Subject.PHONE),
        ("+33 6 39 98 00 12 le matin", Subject.PHONE),
        ("Écrivez à amina@exemple.test", Subject.EMAIL),
        ("J’habite 12 bis, rue des Halles", Subject.ADDRESS),
    ],
)
def test_it_sees_how_to_find_somebody(text, subject):
    assert [one.subject for one in findings(text)] == [subject]


@pytest.mark.parametrize(
    "text", ["On a vendu 10 000 20 30 bouquets", "12 places au marché", "La rue était pleine"]
)
def test_figures_and_streets_alone_lead_nowhere(text):
    assert findings(text) == []


def test_author_and_coordinator_read_the_warning_and_nothing_is_blocked(enter, people, leave):
    told = leave(text="Avant le RSA, Bastien m’a aidée.")
    own = enter("amina").get(reverse("testimonials:own", args=[told.pk])).content.decode()
    assert "RSA" in own and "C’est toi qui choisis" in own
    desk = enter("driss")
    page = desk.get(reverse("testimonials:desk", args=[people.a.cohort.pk, told.pk]))
    assert (
        "RSA" in page.content.decode()
        and "le prénom de quelqu’un : Bastien" in page.content.decode()
    )
    desk.post(reverse("testimonials:approve", args=[people.a.cohort.pk, told.pk]))
    told.refresh_from_db()
    assert told.state == TestimonialState.APPROVED
