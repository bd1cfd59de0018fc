"""Dates in the admin: never to be mistaken for another day."""

import datetime

import pytest
from django import forms
from django.utils.formats import date_format
from django.utils.translation import override

AT = datetime.datetime(2026, 3, 4, 14, 5)


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("en", "4 Mar 2026, 14:05"),
        ("zh-hant", "2026年3月4日 14:05"),
        ("ko", "2026-3-4 14:05"),
        ("ja", "2026/03/04 14:05"),
        ("zh-hans", "2026年3月4日 14:05"),
    ],
)
def test_short_date_is_as_its_readers_expect(code, short):
    with override(code):
        assert date_format(AT, "SHORT_DATETIME_FORMAT") == short


@pytest.mark.parametrize("typed", ["2026-03-04", "04/03/2026", "4 March 2026"])
def test_day_is_typed_as_it_is_shown(typed):
    assert forms.DateField(localize=True).clean(typed) == datetime.date(2026, 3, 4)
