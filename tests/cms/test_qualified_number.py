import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

UNIT = '<span class="figures__unit">%</span>'


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", f'<span class="figures__qualifier">more than</span> 20{UNIT}'),
        ("ko", f'20{UNIT} <span class="figures__qualifier">이상</span>'),
        ("ja", f'20{UNIT}<span class="figures__qualifier">以上</span>'),
    ],
)
def test_qualifier_stands_where_the_language_puts_it(language, expected):
    with override(language):
        shown = render_to_string("components/qualified_number.html", {"value": 20, "qualifier": "more", "unit": "%"})

    assert shown.strip() == expected


def test_unit_is_escaped():
    shown = render_to_string("components/qualified_number.html", {"value": 3, "qualifier": "", "unit": "<b>"})

    assert shown.strip() == '3<span class="figures__unit">&lt;b&gt;</span>'


def test_count_has_no_unit():
    shown = render_to_string("components/qualified_number.html", {"value": 1200, "qualifier": "about", "unit": ""})

    assert shown.strip() == '<span class="figures__qualifier">about</span> 1,200'
