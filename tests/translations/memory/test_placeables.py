"""Numbers and links of a similar text become those of the text at hand."""

import pytest

from translations.memory.grams import SKETCH, comparable, grams
from translations.memory.placeables import fitted


@pytest.mark.parametrize(
    ("text", "old", "new", "wanted"),
    [
        ("나무 300그루", "300 trees", "500 trees", "나무 500그루"),
        ("2014年300本", "300 trees in 2014", "40 trees in 2015", "2015年40本"),
        ("三百棵樹", "300 trees", "500 trees", "三百棵樹"),
        ("300그루와 300마리", "300 trees", "500 trees", "300그루와 300마리"),
        ("나무 300그루", "300 trees", "trees", "나무 300그루"),
        ('<a id="a1">나무 1그루</a>', '<a id="a1">1 tree</a>', '<a id="a1">2 trees</a>', '<a id="a1">나무 2그루</a>'),
        ('<a id="a1">나무</a>', '<a id="a1">tree</a>', "tree", "나무"),
        ('<a id="a2">나무</a>', '<a id="a2">tree</a>', '<a id="a1">tree</a>', '<a id="a1">나무</a>'),
        ('<b>나무</b> <a id="a3">숲</a>', '<a id="a3">x</a>', "x", "<b>나무</b> 숲"),
    ],
)
def test_translation_is_fitted(text, old, new, wanted):
    assert fitted(text, old, new) == wanted


def test_texts_are_compared_without_markup_width_and_numbers():
    assert comparable('<a id="a1">Ｔｒｅｅｓ</a>  &amp; 300.5') == "trees & #"


def test_marks_are_few_and_shared_by_similar_texts():
    text = "The network of local governments exchanges good practice on water, waste, air and biodiversity since 2001 "
    long = text * 4
    assert len(grams(long)) == SKETCH
    assert len(grams(text) & grams(text.replace("waste", "energy"))) >= SKETCH // 2
    assert grams("?!") == frozenset()
    assert grams("Rain 3") == grams("rain 1,200")
