"""What every engine must do with filters, counts, sorting, languages and time."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from search.backends.base import BESIDE, Filters, SearchRequest
from tests.search.backend_contract import ContractTools, document, marked

DAY = datetime.timedelta(days=1)


def call(page_id: int, opens: float | None, *closes: float, **fields: Any):
    """A call that opens and closes so many days from now; the last deadline closes it."""
    now = timezone.now()
    deadlines = tuple(now + days * DAY for days in closes)
    opening = None if opens is None else now + opens * DAY
    return document(
        page_id, title="Rivers", kind="call", starts_at=opening, ends_at=max(deadlines, default=None),
        deadlines=deadlines, **fields,
    )  # fmt: skip


def event(page_id: int, starts: float, ends: float | None = None, **fields: Any):
    """An event that starts and ends so many days from now."""
    now = timezone.now()
    fields = {"title": "Rivers"} | fields
    return document(
        page_id,
        kind="event",
        starts_at=now + starts * DAY,
        ends_at=None if ends is None else now + ends * DAY,
        **fields,
    )


def versions(key: str, **titles: str):
    """Versions of one page by language; their names are the titles of all. Returns a maker of documents."""
    languages = tuple(sorted(code.replace("_", "-") for code in titles))
    return [
        document(page_id, code.replace("_", "-"), title, key=key, languages=languages, names=(title,))
        for page_id, (code, title) in enumerate(titles.items(), start=int(key) * 10)
    ]


class FacetContract(ContractTools):
    """Counts, rows and their order where these are certain."""

    def test_kinds_are_counted_and_keep_their_alternatives(self, backend):
        self.write(
            backend, document(1, title="Rivers", kind="case"), document(2, title="Rivers", kind="case"),
            document(3, title="Rivers", kind="news"), document(4, "ja", "川", kind="call", names=("rivers",)),
        )  # fmt: skip
        counts = {"call": 1, "case": 2, "news": 1}
        assert self.counts(backend, "rivers", "kinds") == counts
        cases = self.ask(backend, "rivers", filters=Filters(kinds=("case",)))
        assert sorted(hit.page_id for hit in cases.own.hits) == [1, 2]
        assert (cases.own.total, cases.other.total) == (2, 0)
        assert self.counts(backend, "rivers", "kinds", filters=Filters(kinds=("case",))) == counts
        assert self.found_elsewhere(backend, "rivers", filters=Filters(kinds=("call",))) == [4]
        assert sorted(self.found(backend, "rivers", filters=Filters(kinds=("case", "news")))) == [1, 2, 3]

    def test_kinds_of_other_languages_alone_are_counted_alone(self, backend):
        self.write(backend, document(1, title="Rivers", kind="case"), document(2, "ja", "Rivers", kind="news"))
        assert self.counts(backend, "rivers", "kinds", elsewhere=True) == {"news": 1}

    def test_each_facet_is_counted_under_the_choices_in_all_others(self, backend):
        may = datetime.date(2024, 5, 3)
        self.write(
            backend,
            document(1, title="Rivers", kind="case", country="KR", themes=("water", "waste"), date=may),
            document(2, title="Rivers", kind="case", country="FR", themes=("water",), date=may.replace(year=2025)),
            document(3, title="Rivers", kind="news", country="KR", date=may),
            document(4, title="Rivers", kind="news", country="JP", themes=("waste",)),
        )
        assert self.counts(backend, "rivers", "countries") == {"FR": 1, "JP": 1, "KR": 2}
        assert self.counts(backend, "rivers", "themes") == {"waste": 2, "water": 2}
        assert self.counts(backend, "rivers", "years") == {"2024": 2, "2025": 1}
        chosen = Filters(kinds=("case",), themes=("water",))
        assert self.counts(backend, "rivers", "countries", filters=chosen) == {"FR": 1, "KR": 1}
        assert self.counts(backend, "rivers", "themes", filters=chosen) == {"waste": 1, "water": 2}
        assert self.counts(backend, "rivers", "kinds", filters=chosen) == {"case": 2}
        assert sorted(self.found(backend, "rivers", filters=chosen)) == [1, 2]
        both = Filters(countries=("KR", "JP"), years=(2024, 2031))
        assert sorted(self.found(backend, "rivers", filters=both)) == [1, 3]
        assert self.ask(backend, "rivers", filters=both).own.total == 2
        assert self.counts(backend, "rivers", "years", filters=both) == {"2024": 2}
        assert self.counts(backend, "rivers", "countries", filters=both) == {"KR": 2}

    def test_day_of_a_page_without_date_is_that_of_its_beginning(self, backend):
        starts = datetime.datetime(2023, 12, 31, 23, 0, tzinfo=datetime.UTC)
        self.write(backend, document(1, title="Rivers", kind="event", starts_at=starts))
        assert self.counts(backend, "rivers", "years") == {"2023": 1}

    def test_calls_are_told_apart_by_the_clock(self, backend):
        self.write(
            backend, call(1, -30, 20), call(2, -30, 3), call(3, 5, 40), call(4, -60, -1), call(5, None), call(6, -5),
            event(7, -30, 20), call(8, -30, -5, 13.9), call(9, -30, -5, 14.1),
        )  # fmt: skip
        assert self.counts(backend, "rivers", "statuses") == {"closed": 1, "closing_soon": 2, "open": 2, "upcoming": 3}
        for status, pages in {"open": [1, 9], "closing_soon": [2, 8], "upcoming": [3, 5, 6], "closed": [4]}.items():
            assert sorted(self.found(backend, "rivers", filters=Filters(statuses=(status,)))) == pages
        either = Filters(statuses=("open", "closed"))
        assert sorted(self.found(backend, "rivers", filters=either)) == [1, 4, 9]

    def test_events_are_told_apart_by_the_clock(self, backend):
        self.write(
            backend, event(1, 3, 4), event(2, -1, 1), event(3, -4, -3), event(4, -1), event(5, 1),
            call(6, -30, 20), document(7, title="Rivers", kind="event"),
        )  # fmt: skip
        assert self.counts(backend, "rivers", "times") == {"now": 1, "past": 2, "upcoming": 2}
        for time, pages in {"now": [2], "past": [3, 4], "upcoming": [1, 5]}.items():
            assert sorted(self.found(backend, "rivers", filters=Filters(times=(time,)))) == pages

    def test_unknown_values_find_nothing_and_are_no_error(self, backend):
        self.write(backend, document(1, title="Rivers"))
        for chosen in ({"statuses": ("lost",)}, {"times": ("never",)}, {"themes": ("x",)}, {"languages": ("fr",)}):
            assert self.ask(backend, "rivers", filters=Filters(**chosen)).own.total == 0

    def test_expired_pages_are_not_counted(self, backend):
        now = timezone.now()
        self.write(
            backend, document(1, title="Rivers", country="KR", expires_at=now - DAY),
            document(2, "ja", "Rivers", country="KR", expires_at=now - DAY), document(3, title="Rivers", country="FR"),
        )  # fmt: skip
        assert self.counts(backend, "rivers", "countries") == {"FR": 1}
        assert self.counts(backend, "rivers", "languages") == {"en": 1}

    def test_past_event_of_that_name_stands_above_a_page_that_speaks_of_it(self, backend):
        past = {"starts_at": datetime.datetime(2014, 10, 6, tzinfo=datetime.UTC)}
        text = "비무장지대 옆의 도. 두루미는 비무장지대에서 겨울을 난다. "
        self.write(
            backend,
            document(1, "ko", "강원", kind="partner", summary=text, body=3 * text),
            document(2, "ko", "오늘의 비무장지대와 그곳의 생명", kind="event", body="분과 회의 " * 20, **past),
            *(document(number, "ko", f"쪽 {number}", body="바닷가의 마을") for number in range(3, 30)),
        )
        hits = backend.search(SearchRequest("비무장지대", "ko")).own.hits
        assert [hit.page_id for hit in hits] == [2, 1]

    def test_event_of_the_year_that_was_asked_for_stands_first(self, backend):
        past = {"starts_at": datetime.datetime(2014, 10, 6, tzinfo=datetime.UTC)}
        pages = [
            document(
                1, title="Rivers", body="Held like that of 2014.", kind="event", starts_at=timezone.now() + 9 * DAY
            ),
            document(2, title="Rivers", body="Held like that of 2013.", kind="event", **past),
            document(3, title="Rivers of 2014", kind="event", starts_at=timezone.now() - DAY),
        ]
        self.write(backend, *pages)
        assert self.found(backend, "rivers")[0] == 1
        self.write(backend, document(2, title="Rivers", body="Held in 2014.", kind="event", **past), version=2)
        assert self.found(backend, "rivers 2014") == [3, 2, 1]

    # Sorting

    def test_sorted_by_date_the_newest_come_first_and_those_without_last(self, backend):
        may = datetime.date(2024, 5, 3)
        self.write(
            backend, document(1, title="Rivers", date=may), document(2, title="Rivers"),
            document(3, title="Rivers", date=may + DAY), document(4, title="A page", body="Rivers", date=may + 2 * DAY),
            document(5, title="Rivers", kind="event",
                     starts_at=datetime.datetime(2024, 5, 6, 22, tzinfo=datetime.UTC)),
        )  # fmt: skip
        assert self.found(backend, "rivers", sort="date") == [5, 4, 3, 1, 2]

    def test_sorted_by_deadline_the_next_that_can_be_met_comes_first(self, backend):
        self.write(
            backend, call(1, -30, 9), call(2, -30, -20, 3), call(3, -30, -9), call(4, -30, 5, 90),
            document(5, title="Rivers"), document(6, "ja", "Rivers"),
        )  # fmt: skip
        found = self.found(backend, "rivers", sort="deadline")
        assert found[:3] == [2, 4, 1]
        assert sorted(found[3:]) == [3, 5]
        assert self.found_elsewhere(backend, "rivers", sort="deadline") == [6]

    def test_sorted_rows_are_the_same_on_all_pages(self, backend):
        may = datetime.date(2024, 5, 3)
        self.write(backend, *(document(number, title="Rivers", date=may) for number in range(1, 14)))
        pages = [self.found(backend, "rivers", sort="date", page=page) for page in (1, 2)]
        assert [page_id for page in pages for page_id in page] == list(range(13, 0, -1))

    # Languages

    def test_languages_are_counted_as_narrowing_to_each_would_leave_them(self, backend):
        self.write(
            backend, *versions("1", en="Rivers", ko="Rivers"), *versions("2", ko="Rivers", ja="Rivers"),
            *versions("3", en="Rivers"),
        )  # fmt: skip
        assert self.counts(backend, "rivers", "languages") == {"en": 2, "ja": 1, "ko": 2}
        chosen = {"filters": Filters(languages=("ko",))}
        assert self.counts(backend, "rivers", "languages", **chosen) == {"en": 2, "ja": 1, "ko": 2}
        answer = self.ask(backend, "rivers", **chosen)
        assert (answer.own.total, answer.own.hits) == (0, ())
        assert answer.other.total == 2
        assert sorted(hit.page_id for hit in answer.other.hits) == [11, 20]
        assert sum(self.counts(backend, "rivers", "kinds", **chosen).values()) == 2

    def test_own_language_among_the_chosen_stands_first_and_is_not_repeated(self, backend):
        self.write(
            backend, *versions("1", en="Rivers", ko="Rivers"), *versions("2", ko="Rivers", ja="Rivers"),
            *versions("3", en="Rivers"), *versions("4", ja="Rivers"),
        )  # fmt: skip
        answer = self.ask(backend, "rivers", filters=Filters(languages=("en", "ko")))
        assert sorted(hit.page_id for hit in answer.own.hits) == [10, 30]
        assert [hit.page_id for hit in answer.other.hits] == [20]
        assert (answer.own.total, answer.other.total) == (2, 1)
        alone = self.ask(backend, "rivers", filters=Filters(languages=("en",)))
        assert (alone.own.total, alone.other.total) == (2, 0)

    def test_languages_of_a_page_are_told(self, backend):
        self.write(backend, *versions("1", en="Rivers", ko="Rivers"))
        assert self.ask(backend, "rivers").own.hits[0].languages == ("en", "ko")

    @pytest.mark.parametrize(
        ("preferred", "filters", "language"),
        [
            ((), Filters(), "en"),
            (("ja",), Filters(), "ja"),
            (("zh-hans", "ja"), Filters(), "zh-hans"),
            (("ko",), Filters(), "en"),
            ((), Filters(languages=("ja", "zh-hans")), "ja"),
            (("zh-hans",), Filters(languages=("ja", "zh-hans")), "zh-hans"),
        ],
    )
    def test_page_is_shown_in_the_best_language_for_the_reader(self, backend, preferred, filters, language):
        pages = versions("1", zh_hans="Rivers rivers", ja="Rivers in our town and its hills", en="The rivers of a town")
        self.write(backend, *pages, document(99, "zh-hans", "Rivers"))
        answer = self.ask(backend, "rivers", "ko", preferred=preferred, filters=filters)
        [shown] = [hit for hit in answer.other.hits if hit.translation_key == "1"]
        assert shown.language == language
        assert marked(shown.title) in (["Rivers"], ["rivers"], ["Rivers rivers"], ["Rivers", "rivers"])
        assert answer.other.total == 2

    def test_page_is_shown_in_a_language_that_matched(self, backend):
        both = {"key": "k", "languages": ("en", "ja", "zh-hans"), "names": ("Town",)}
        self.write(
            backend, document(1, "en", "Town", body="Forests.", **both),
            document(2, "ja", "町", body="かわうそ", **both),
            document(3, "zh-hans", "城", body="かわうそ", **both),
        )  # fmt: skip
        [shown] = self.ask(backend, "かわうそ", "ko").other.hits
        assert shown.language == "ja"
        assert "".join(marked(shown.snippet)) == "かわうそ"

    def test_rows_of_other_languages_are_paged_without_repeating_a_page(self, backend):
        for number in range(1, 13):
            self.write(backend, *versions(str(number), en="Rivers", ja="Rivers", ko="Rivers"))
        first = self.ask(backend, "rivers", "zh-hant", preferred=("ja",))
        second = self.ask(backend, "rivers", "zh-hant", preferred=("ja",), page=2)
        hits = [*first.other.hits, *second.other.hits]
        assert (len(first.other.hits), len(second.other.hits), first.other.total) == (10, 2, 12)
        assert {hit.language for hit in hits} == {"ja"}
        assert len({hit.translation_key for hit in hits}) == 12
        assert len(self.found_elsewhere(backend, "rivers", "en")) == 0
        assert BESIDE < 10

    # Time

    @pytest.mark.parametrize(
        ("later", "sooner"),
        [
            (event(2, -40, -39), event(1, 3, 4)),
            (call(2, -90, -40), call(1, -90, 40)),
            (document(2, title="Rivers", kind="news", date=datetime.date(2019, 5, 3)),
             document(1, title="Rivers", kind="news", date=timezone.localdate() - DAY)),
            (document(2, title="Rivers", kind="news", date=timezone.localdate() - 200 * DAY),
             document(1, title="Rivers", kind="news", date=timezone.localdate() - DAY)),
            (call(2, -90, -40), document(1, title="Rivers")),
        ],
    )  # fmt: skip
    def test_of_pages_that_fit_alike_the_timely_one_stands_first(self, backend, later, sooner):
        self.write(backend, later, sooner)
        assert self.found(backend, "rivers") == [1, 2]

    def test_time_does_not_lift_a_page_above_one_that_clearly_fits_better(self, backend):
        self.write(
            backend, event(1, -40, -39, title="Rivers of Asia", body="Towns met."),
            event(2, 3, 4, title="A meeting of towns", body="Rivers of Asia and more, and all of what towns do."),
            call(3, -90, 10, body="x", key="x"),
        )  # fmt: skip
        assert self.found(backend, "rivers of asia")[0] == 1
