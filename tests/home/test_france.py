"""Signs on the map: at their place, apart from each other, always the same."""

import math

from ct_platform.home import france


def test_the_north_is_up_and_the_east_on_the_right():
    lille, perpignan = france.place(50.63, 3.06), france.place(42.70, 2.90)
    brest, strasbourg = france.place(48.39, -4.49), france.place(48.58, 7.75)
    assert lille[1] < perpignan[1]
    assert brest[0] < strasbourg[0]
    for x, y in (lille, perpignan, brest, strasbourg):
        assert 0 < x < france.WIDTH and 0 < y < france.HEIGHT


def test_a_departement_has_a_middle_and_an_unknown_one_has_none():
    rhone = france.centre_of("69")
    assert rhone is not None and france.is_drawn(*rhone)
    assert france.centre_of("2a") is not None
    assert france.centre_of("99") is None
    assert france.centre_of("974") is None  # told in the list, beside the drawing


def test_a_sign_alone_stands_where_its_place_is():
    (spot,) = france.spread([(200.0, 200.0)])
    assert (spot.x, spot.y) == (200, 200)
    assert not spot.moved


def test_places_that_crowd_are_told_apart_by_a_finger_and_stay_on_the_drawing():
    crowd = [(430.0, 430.0)] * 4 + [(210.0, 200.0), (212.0, 200.0)]
    signs = france.spread(crowd)
    for i, one in enumerate(signs):
        assert 0 <= one.x <= france.WIDTH and 0 <= one.y <= france.HEIGHT
        for other in signs[:i]:
            assert math.dist((one.x, one.y), (other.x, other.y)) > france.APART - 3
    assert signs == france.spread(crowd)


def test_the_outline_weighs_little_and_closes():
    drawn = france.outline()
    assert drawn.startswith("M") and drawn.endswith("z")
    assert len(drawn) < 4000
