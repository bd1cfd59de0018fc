import pytest

from cms import cities
from cms.cities import city_names


@pytest.mark.parametrize(
    ("city", "country", "names"),
    [
        ("Suwon", "KR", {"수원", "水原", "Suigen"}),
        ("수원", "KR", {"Suwon", "水原"}),
        ("수원시", "KR", {"Suwon", "水原"}),
        ("水原", "KR", {"Suwon", "수원"}),
        ("Freiburg im Breisgau", "DE", {"フライブルク", "弗莱堡", "Freiburg"}),
        ("弗萊堡", "DE", {"フライブルク", "Freiburg im Breisgau"}),
        ("Kitakyushu", "JP", {"北九州", "기타큐슈"}),
        ("北九州市", "JP", {"Kitakyushu", "기타큐슈"}),
        ("臺北", "TW", {"Taipei", "台北", "타이베이"}),
        ("Ulaanbaatar", "MN", {"Ulan Bator", "ウランバートル", "乌兰巴托", "울란바토르"}),
        ("Copenhagen", "DK", {"Kobenhavn", "コペンハーゲン", "哥本哈根", "코펜하겐"}),
    ],
)
def test_town_is_known_by_any_of_its_names(city, country, names):
    assert {cities._plain(name) for name in names} <= {cities._plain(name) for name in city_names(city, country)}


def test_names_are_told_once_whatever_their_accents():
    names = [cities._plain(name) for name in city_names("Kitakyushu", "JP")]
    assert len(names) == len(set(names))


def test_codes_and_transliterations_nobody_types_are_left_out():
    names = city_names("Suwon", "KR")
    assert not {"SWU", "shui yuan shi", "suwonsi", "Сувон"} & set(names)
    assert all(len(name) > 1 for name in names)


@pytest.mark.parametrize(
    ("city", "country"),
    [("Suwon", "JP"), ("Suwon", ""), ("", "KR"), ("  ", "KR"), ("Nowhere at all", "KR"), ("SWU", "KR"), ("ICLEI", "DE"),
     ("Asia/Seoul", "KR"), ("name", "KR"), ('"', "KR"), ("{", "KR"), ("市", "JP")],
)  # fmt: skip
def test_what_is_no_town_has_no_names(city, country):
    assert city_names(city, country) == ()


def test_largest_town_of_a_name_is_meant_unless_a_point_says_otherwise(monkeypatch):
    common = {"name": "Springfield", "countrycode": "US"}
    towns = [
        {**common, "latitude": 39.8, "longitude": -89.6, "population": 110_000, "alternatenames": ["小春田"]},
        {**common, "latitude": 37.2, "longitude": -93.3, "population": 170_000, "alternatenames": ["大春田"]},
    ]
    monkeypatch.setattr(cities, "_towns_named", lambda name: iter(towns))
    cities._names.cache_clear()
    assert "大春田" in city_names("Springfield", "US")
    assert "小春田" in city_names("Springfield", "US", (39.78, -89.65))
    assert city_names("Springfield", "US", (0.0, 0.0)) == ()
    cities._names.cache_clear()


def test_distance_does_not_jump_where_longitudes_begin_again():
    town = {"latitude": -16.8, "longitude": 179.9}
    assert cities._kilometres(town, (-16.8, -179.9)) < 25


def test_file_of_the_package_is_where_it_is_looked_for():
    assert cities.FILE.is_file()
    assert cities.FILE.read_bytes()[:40].startswith(b'{"')
