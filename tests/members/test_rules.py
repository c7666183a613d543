import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules import (
    CODE_ALPHABET,
    Identity,
    Likeness,
    clean_text,
    code_of,
    fold,
    likely_same,
    normal_email,
    normal_phone,
    read_code,
    search_key,
    spoken_phone,
)  # fmt: skip

BORN = dt.date(1991, 4, 7)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("DIABATÉ Moussa", "diabate moussa"),
        ("Diabate   moussa", "diabate moussa"),
        ("Jean-Noël", "jean noel"),
        ("N’Diaye", "n diaye"),
        ("Cœur", "coeur"),
        ("Strauß", "strauss"),
        ("", ""),
    ],
)
def test_names_fold_to_the_same_key(typed, folded):
    assert fold(typed) == folded


def test_the_search_key_begins_with_the_last_name():
    assert search_key("Moussa", "DIABATÉ") == "diabate moussa"


def test_text_loses_control_characters_and_double_spaces():
    assert clean_text(" Awa\u00a0\x00 \tKe\u0301ita\u200b ") == "Awa Kéita"


def test_an_email_is_lower_case_without_spaces():
    assert normal_email(" Awa.Keita@Exemple.FR ") == "awa.keita@exemple.fr"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 39 98 00 12", "+33639980012"),
        ("06.39.98.00.12", "+33639980012"),
        ("0639980012", "+33639980012"),
        ("639980012", "+33639980012"),
        ("+33 6 39 98 00 12", "+33639980012"),
        ("+33 (0)6 39 98 00 12", "+33639980012"),
        ("0033639980012", "+33639980012"),
        ("0692 12 34 56", "+262692123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("", ""),
        ("   ", ""),
        ("06 39 98 00 1", None),
        ("12", None),
        ("abc", None),
        ("06 39 98 00 12 34", None),
    ],
)
def test_a_phone_is_read_however_it_is_typed(typed, number):
    assert normal_phone(typed) == number


def test_a_phone_is_said_as_people_read_it():
    assert spoken_phone("+33639980012") == "06 39 98 00 12"
    assert spoken_phone("+32470123456") == "+32 470 12 34 56"


@given(st.integers(min_value=0, max_value=2**40 - 1))
def test_every_code_is_read_back(number):
    code = code_of(number)
    assert len(code) == 9
    assert read_code(code) == code.replace("-", "")
    assert read_code(code.lower().replace("-", " ")) == code.replace("-", "")


def test_different_numbers_make_different_codes():
    assert len({code_of(number) for number in range(0, 2**40, 2**31 + 7)}) == 512


def test_letters_hands_confuse_are_read_as_digits():
    assert read_code("oOiI-lL01") == "00111101"
    assert not set("ILOU") & set(CODE_ALPHABET)


@pytest.mark.parametrize("typed", ["", "7GK2", "7GK2-9QXM-1", "7GK2-9QXU", "7GK2/9QX!", "é" * 8])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None


def one(first="Moussa", last="Diabaté", born=BORN, email="", phone="") -> Identity:
    return Identity(first, last, born, email, phone)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        # near misses first: these are two people
        (one(born=dt.date(1987, 11, 23)), None),
        (one(first="Fatou"), None),
        (one(first="Fatou", email="famille@exemple.fr"), None),
        (one(first="Fatou", phone="+33639980012", born=None), None),
        (one(last="Traoré", email="famille@exemple.fr"), None),
        (one(first="Moussa Ibrahim", born=None), None),
        (one(first="Mussa", born=None), None),
        (one(first="Al", last="Ba"), None),
        # these may be one
        (one(first="MOUSSA", last="Diabate"), Likeness.SAME_NAME_AND_BIRTH),
        (one(first="Diabaté", last="Moussa"), Likeness.SAME_NAME_AND_BIRTH),
        (one(born=None), Likeness.SAME_NAME),
        (one(born=None, email="famille@exemple.fr"), Likeness.SAME_NAME_AND_CONTACT),
        (one(born=dt.date(1987, 1, 2), phone="+33639980012"), Likeness.SAME_NAME_AND_CONTACT),
        (one(born=dt.date(1991, 7, 4)), Likeness.BIRTH_MISTYPED),
        (one(born=dt.date(1991, 4, 8)), Likeness.BIRTH_MISTYPED),
        (one(last="Diabatté"), Likeness.CLOSE_NAME_AND_BIRTH),
        (one(first="Mousas"), Likeness.CLOSE_NAME_AND_BIRTH),
        (one(first="Moussa", last="Diabat", born=None, phone="+33639980012"), Likeness.CLOSE_NAME_AND_CONTACT),
    ],
)  # fmt: skip
def test_it_says_why_two_lines_may_be_one_person(other, why):
    me = one(email="famille@exemple.fr", phone="+33639980012")
    assert likely_same(me, other) == why
    assert likely_same(other, me) == why


def test_two_people_without_contact_share_none():
    assert likely_same(one(last="Diabatté", born=None), one(born=None)) is None


_names = st.text(alphabet="aàbcdéœ -’", max_size=6)


@given(_names, _names, _names, _names)
def test_likeness_never_depends_on_the_order(first, last, other_first, other_last):
    a, b = one(first=first, last=last), one(first=other_first, last=other_last)
    assert likely_same(a, b) == likely_same(b, a)
    assert likely_same(a, a) == Likeness.SAME_NAME_AND_BIRTH
