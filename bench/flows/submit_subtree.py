"""Flow ``submit_subtree``: a subtree into four languages by wagtail-localize, by us, and by us with a worker killed."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, connections, transaction
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object, translate_page_subtree

from bench import engine
from cms.languages import CODES
from translations import jobs
from translations.jobs import queue
from translations.models import Job
from translations.submission import submit_pages

TARGETS = tuple(code for code in CODES if code != "en")
RATIO = 0.25


def measure() -> dict[str, Any]:
    """Return ``queries_ratio`` (ours over upstream's), both in queries and seconds, and what a killed worker left.

    ``BENCH_PAGES`` is the number of pages of each subtree. All three have the same pages; the same process does the
    first two, one after the other, and a process that is killed with SIGKILL begins the third.
    """
    from tests.factories import pages  # noqa: PLC0415 -- app ready: models need the scratch database's settings
    from tests.factories.tree import make_homes  # noqa: PLC0415 -- as above

    count = engine.size("PAGES", 200)
    home = make_homes(CODES)["en"]
    user = get_user_model().objects.create_superuser("bench")
    locales = list(Locale.objects.filter(language_code__in=TARGETS))
    trees = []
    for name in ("upstream", "ours", "killed"):
        index = pages.index_builder(pages.NewsIndexPage)(home, slug=name)
        for _number in range(count - 1):
            pages.make_news(index)
        trees.append(Page.objects.get(pk=index.pk))
    upstream = _cost(lambda: _upstream(trees[0], locales, user))
    ours = _cost(lambda: _ours(trees[1], locales, user))
    killed = _killed(trees[2], locales, user)
    return {
        "pages": count,
        "languages": len(locales),
        "upstream": upstream | {"drafts": _drafts(trees[0])},
        "ours": ours | {"drafts": _drafts(trees[1])},
        "killed": killed | {"drafts": _drafts(trees[2])},
        "queries_ratio": round(ours["sql_queries"] / upstream["sql_queries"], 3),
    }


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: drafts missing or there twice, nobody killed, too many queries."""
    wanted = figures["pages"] * figures["languages"]
    problems = [
        f"{name}: {figures[name]['drafts']} of {wanted} drafts"
        for name in ("upstream", "ours", "killed")
        if figures[name]["drafts"] != wanted
    ]
    killed = figures["killed"]
    if not 0 < killed["done_before"] < wanted:
        problems.append(f"the worker was killed after {killed['done_before']} of {wanted} items")
    if (killed["state"], killed["done"], killed["failed"]) != ("done", wanted, 0):
        problems.append(f"after the kill: {killed}")
    if figures["queries_ratio"] > RATIO:
        problems.append(f"{figures['queries_ratio']} of upstream's queries, more than {RATIO}")
    return problems


def _upstream(page: Page, locales: list[Locale], user: Any) -> None:
    """As wagtail-localize's form does it: the page, then all below it, in one transaction."""
    with transaction.atomic():
        translate_object(page, locales, user=user)
        translate_page_subtree(page.pk, locales, None, user)


def _ours(page: Page, locales: list[Locale], user: Any) -> None:
    submit_pages([page], locales, user=user, below=True, label="bench")
    jobs.run_next()


def _killed(page: Page, locales: list[Locale], user: Any) -> dict[str, Any]:
    """Let a worker of its own begin, kill it in the middle, and another one go on."""
    job = submit_pages([page], locales, user=user, below=True, label="bench")
    connections.close_all()
    worker = os.fork()
    if worker == 0:
        call_command("work_translations", once=True)
        os._exit(0)
    while True:
        job.refresh_from_db()
        if job.is_over or (job.total and job.done >= job.total // 3):
            break
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    job.refresh_from_db()
    before = job.done
    # The dead worker's silence is not waited for.
    Job.objects.filter(pk=job.pk).update(heartbeat_at=job.heartbeat_at - queue.SILENCE - timedelta(seconds=1))
    jobs.run_next()
    job.refresh_from_db()
    return {"done_before": before, "state": job.state, "done": job.done, "failed": job.failed}


def _drafts(page: Page) -> int:
    """The translated pages of a subtree; one that is there twice counts twice."""
    keys = Page.objects.descendant_of(page, inclusive=True).values("translation_key")
    return Page.objects.filter(translation_key__in=keys).exclude(locale__language_code="en").count()


def _cost(work: Callable[[], None]) -> dict[str, Any]:
    with _counted() as counter:
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
    return {"sql_queries": counter["queries"], "seconds": round(seconds, 1)}


@contextmanager
def _counted() -> Iterator[dict[str, int]]:
    """Count without keeping them: there are more queries than Django's log of them holds."""
    counter = {"queries": 0}

    def count(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        counter["queries"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield counter
