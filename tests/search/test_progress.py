from io import StringIO

from django.core.management.base import OutputWrapper

from search.progress import ProgressReport


class Terminal(StringIO):
    def isatty(self):
        return True


def reported(out: StringIO, steps) -> str:
    clock = iter([0.0, *(seconds for seconds, _ in steps)])
    with ProgressReport(OutputWrapper(out), "pages", clock=lambda: next(clock)) as progress:
        for _, done in steps:
            progress(done, 100)
    return out.getvalue()


def test_log_gets_a_line_now_and_then_and_the_last():
    steps = [(0, 0), (5, 10), (10, 25), (11, 30), (40, 100)]
    assert reported(StringIO(), steps) == "0 of 100 pages\n25 of 100 pages, 0:30 left\n100 of 100 pages\n"


def test_terminal_gets_a_bar_with_the_time_left():
    written = reported(Terminal(), [(0, 0), (100, 10), (100.05, 11), (1000, 100)])
    bars = written.split("\r")[1:]
    assert bars == [
        "[..............................] 0 of 100 pages\x1b[K",
        "[###...........................] 10 of 100 pages, 15:00 left\x1b[K",
        "[##############################] 100 of 100 pages\x1b[K\n",
    ]


def test_hours_are_told():
    assert "1 of 100 pages, 2:45:00 left" in reported(StringIO(), [(100, 1)])


def test_nothing_to_do_is_done():
    out = StringIO()
    with ProgressReport(OutputWrapper(out), "pages") as progress:
        progress(0, 0)
    assert out.getvalue() == "0 of 0 pages\n"
