import pytest

from search.particles import without_particle


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("도시의", "도시"), ("도시에서는", "도시"), ("청계천으로", "청계천"), ("나의", "나의"), ("도시", "도시"),
        ("은", "은"), ("city", "city"), ("COP의", "COP의"), ("", ""),
    ],
)  # fmt: skip
def test_particle_goes_where_a_noun_of_two_syllables_remains(word, noun):
    assert without_particle(word) == noun
