"""Codes and names, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from documents.rules import (
    chunks,
    encode_code,
    initials,
    is_code,
    read_code,
    same_name,
    spaced_code,
)


@given(some.integers(0, 2**128 - 1))
def test_it_reads_back_every_code_however_it_is_spaced(bits):
    code = encode_code(bits)
    assert is_code(code)
    assert read_code(spaced_code(code).lower()) == code
    assert read_code(f"https://coop.exemple.fr/verifier/{code}/") == code


@pytest.mark.parametrize("bits", [-1, 2**128])
def test_it_refuses_more_than_128_bits(bits):
    with pytest.raises(ValueError, match="128"):
        encode_code(bits)


@given(some.text(max_size=400))
def test_it_never_breaks_on_what_is_typed(text):
    read_code(text)
    same_name(text, text[::-1])
    initials(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jean-Marie Le Goff", "LE GOFF jean marie", True),
        ("Zoé N’Diaye", "zoe n'diaye", True),
        ("Łukasz", "Lukasz", False),
        ("Amina Sarr", "Amina", False),
        ("", "", False),
        ("--", "  ", False),
    ],
)
def test_it_compares_names_as_people_spell_them(one, other, same):
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Sarr", "A. S."),
        ("Jean-Marie Le Goff", "J.-M. L. G."),
        ("", ""),
        ("élo - x", "É. X."),
    ],
)
def test_it_shows_initials_only(name, letters):
    assert initials(name) == letters


@given(some.lists(some.integers(), max_size=120), some.integers(1, 30))
def test_it_shares_keys_out_once_each_in_lots_that_are_not_too_long(keys, most):
    lots = chunks(keys, most)
    assert [key for lot in lots for key in lot] == keys
    assert all(1 <= len(lot) <= most for lot in lots)


def test_it_gives_two_workers_an_even_share_of_thirty():
    assert [len(lot) for lot in chunks(range(30), 25)] == [8, 8, 8, 6]
