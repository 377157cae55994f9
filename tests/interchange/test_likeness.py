"""Published activities like a request: what they have in common decides, and every point of it is told."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from taawun.interchange import likeness
from taawun.interchange.likeness import MOST, THRESHOLD, Asked, Told, nearest, reasons, terms_of, wider

POST = ("sector:22012", "sector-category:220")
PHONE = ("sector:22020", "sector-category:220")
WATER = ("sector:14030", "sector-category:140")
PRIMARY = ("sector:11220", "sector-category:112", "sector-category:110")
LAOS = ("country:LA", "region:035", "region:142")
MYANMAR = ("country:MM", "region:035", "region:142")
BOLIVIA = ("country:BO", "region:005", "region:419")
BY_OECD = ("country:LA", "dac-region:789", "dac-region:798")

REQUEST = Asked(POST, (LAOS, BY_OECD), terms_of("Reliable delivery of mail by the postal enterprise", "en"))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told((POST,)), [("same-sector", "sector:22012", 40)]),
        (Told((WATER, POST, PHONE)), [("same-sector", "sector:22012", 40)]),
        (Told((PHONE,)), [("same-category", "sector-category:220", 26)]),
        (Told((("sector-category:220",),)), [("same-category", "sector-category:220", 26)]),
        (Told((WATER,)), []),
        (Told((), (LAOS,)), [("same-country", "country:LA", 20)]),
        (Told((), (BOLIVIA, MYANMAR)), [("same-region", "region:035", 12)]),
        (Told((), (("dac-region:789", "dac-region:798"),)), [("same-region", "dac-region:789", 12)]),
        (Told((), (("dac-region:679", "dac-region:689", "dac-region:798"),)), [("same-region", "dac-region:798", 4)]),
        (Told((), (BOLIVIA,)), []),
        (Told(titles={"en": "Postal deliveries"}), [("common-words", ["Postal", "deliveries"], 16)]),
        (Told(titles={"en": "Project of technical assistance"}), []),
        (
            Told((POST,), (LAOS,), {"fr": "Livraison du courrier", "en": "Mail"}),
            [("same-sector", POST[0], 40), ("same-country", LAOS[0], 20), ("common-words", ["Mail"], 8)],
        ),
    ],
)  # fmt: skip
def test_what_they_have_in_common_is_told_with_what_it_weighs(told, why):
    assert [(one.slug, one.value, one.points) for one in reasons(REQUEST, told)] == why


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (("sector:11230", *PRIMARY[1:]), ("sector-category:112", 26)),
        (PRIMARY[1:], ("sector-category:112", 26)),
        (("sector:11420", "sector-category:114", "sector-category:110"), ("sector-category:110", 12)),
        (("sector-category:114", "sector-category:110"), ("sector-category:110", 12)),
        (("sector-category:110",), ("sector-category:110", 12)),
    ],
)
def test_the_group_of_a_category_weighs_less_than_the_category(told, why):
    [reason] = reasons(Asked(PRIMARY), Told((told,)))

    assert (reason.slug, (reason.value, reason.points)) == ("same-category", why)


def test_the_nearest_come_first_and_what_shares_too_little_is_not_offered():
    held = {
        1: Told((PHONE,)),  # 26
        2: Told((POST,)),  # 40
        3: Told((), (LAOS,)),  # 20: a country alone is not enough
        4: Told((PHONE,)),
        5: Told((PHONE,), (LAOS,)),  # 46
        6: Told((), (LAOS,), {"en": "Rural mail"}),  # 28
    }

    assert [match.key for match in nearest(REQUEST, held)] == [5, 2, 6, 4, 1]


def test_a_country_stands_in_a_region_of_the_oecds_as_its_list_says():
    regions = likeness.regions_of_countries()

    assert [regions[code] for code in ("BO", "AF", "LA", "SN")] == ["489", "689", "789", "1030"]
    assert "FR" not in regions
    assert wider("679") == ("679", "689", "798")


chains = st.sampled_from([POST, PHONE, WATER])
places = st.sampled_from([LAOS, MYANMAR, BOLIVIA, BY_OECD])
titles = st.dictionaries(
    st.sampled_from(["en", "fr", ""]), st.sampled_from(["Mail", "Postal water", "", "12 %"]), max_size=2
)
activities = st.builds(
    Told, st.lists(chains, max_size=3).map(tuple), st.lists(places, max_size=3).map(tuple), titles
)


@given(st.dictionaries(st.integers(1, 50), activities, max_size=12))
def test_whatever_is_published_what_is_offered_is_near_enough_ordered_and_explained(held):
    offered = nearest(REQUEST, held)

    assert len(offered) <= MOST
    assert all(match.reasons and match.score >= THRESHOLD for match in offered)
    assert offered == sorted(offered, key=lambda match: (-match.score, -match.key))
    left = [key for key in held if key not in {match.key for match in offered}]
    if len(offered) < MOST:
        assert all(sum(one.points for one in reasons(REQUEST, held[key])) < THRESHOLD for key in left)


@given(activities, chains, places)
def test_having_more_in_common_never_makes_it_farther(told, sector, place):
    def weight(one):
        return sum(reason.points for reason in reasons(REQUEST, one))

    more = replace(told, sectors=(*told.sectors, sector), places=(*told.places, place))

    assert weight(more) >= weight(told)
