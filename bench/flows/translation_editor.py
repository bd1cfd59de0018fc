"""Flow ``translation_editor``: SQL queries of the translators' editor on a site of 20 pages and of 2,000.

Two pages are translated, of few texts and of many: the editor's queries must depend on neither the site nor the page.
Everything that its script asks for while a translator works on one text is counted too.
"""

from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import engine, texts
from bench.requests import cost

SIZES = (20, 2000)
# Paragraphs of the two pages.
FEW, MANY = 5, 100
# The text that is worked on, and one like it that was translated elsewhere: the memory has to offer it.
WORKED_ON = "The network meets every second year."
ALIKE = "The network meets every third year."


def measure() -> dict[str, Any]:
    """Return ``sql_queries`` by size, those of all requests together, and ``requests`` by size, page and request.

    ``BENCH_PAGES`` is the larger number of pages. ``memory`` has the texts that were known at each size.
    """
    from bench.translated import seed_translated  # noqa: PLC0415 -- app ready
    from cms.models import User  # noqa: PLC0415 -- app ready
    from tests.factories.tree import make_homes  # noqa: PLC0415 -- app ready
    from translations import states  # noqa: PLC0415 -- app ready
    from translations.memory import index  # noqa: PLC0415 -- app ready
    from translations.models import MemoryGram  # noqa: PLC0415 -- app ready

    homes = make_homes()
    user = User.objects.create_superuser("bench", "bench@example.org", "bench")
    _translated_page(homes["en"], 1, ALIKE)
    pages = {"few": _translated_page(homes["en"], FEW), "many": _translated_page(homes["en"], MANY)}
    for translation in pages.values():
        # Once before, so that each round finds a text, a comment and a session that are there.
        _Translator(user, translation).work()
    sizes = (SIZES[0], engine.size("PAGES", SIZES[-1]))
    figures: dict[str, Any] = {"sizes": sizes, "sql_queries": {}, "requests": {}, "memory": {}}
    made = 0
    for size in sizes:
        seed_translated(homes, size, start=made, assignee=user)
        made = size
        states.refresh()
        index.build()
        connection.cursor().execute("ANALYZE")
        figures["memory"][str(size)] = MemoryGram.objects.values("string").distinct().count()
        rows = {name: _Translator(user, translation).work() for name, translation in pages.items()}
        figures["requests"][str(size)] = rows
        figures["sql_queries"][str(size)] = sum(row["sql_queries"] for page in rows.values() for row in page.values())
    return figures


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: a wrong or an empty answer, a memory that did not grow, queries that did."""
    problems = [
        f"{size} pages: {name} of {page} texts {wrong}"
        for size, rows in figures["requests"].items()
        for page, requests in rows.items()
        for name, row in requests.items()
        if (wrong := _wrong(name, row))
    ]
    small, large = map(str, figures["sizes"])
    if figures["memory"][large] <= figures["memory"][small]:
        problems.append(f"the memory knew {figures['memory'][large]} texts, not more than {figures['memory'][small]}")
    if len(set(figures["sql_queries"].values())) != 1:
        problems.append(f"the number of queries depends on the size of the site: {figures['sql_queries']}")
    for size, rows in figures["requests"].items():
        problems += [
            f"{size} pages: {name} takes {rows['few'][name]['sql_queries']} queries of {FEW} texts,"
            f" {rows['many'][name]['sql_queries']} of {MANY}"
            for name in rows["few"]
            if rows["few"][name]["sql_queries"] != rows["many"][name]["sql_queries"]
        ]
    return problems


def _wrong(name: str, row: dict[str, Any]) -> str:
    """Return what is wrong with an answer, or nothing."""
    if row["status"] != 200:
        return f"answered {row['status']}"
    if name == "beside" and not row["helped"]:
        return "offered nothing from the memory"
    return "" if row["bytes"] else "is empty"


def _translated_page(home: Any, paragraphs: int, first: str = WORKED_ON) -> Any:
    """Make a page of so many paragraphs, translate ``first`` into Korean, and return the translation."""
    from wagtail_localize.models import Translation  # noqa: PLC0415 -- app ready

    from tests.factories.pages import make_standard_page  # noqa: PLC0415 -- app ready
    from translations.catalog import translate_page  # noqa: PLC0415 -- app ready

    writer = texts.Writer("en", paragraphs)
    said = [first, *(writer.text(30) for _ in range(paragraphs - 1))]
    body = [{"type": "paragraph", "id": str(uuid4()), "value": f"<p>{text}</p>"} for text in said]
    page = make_standard_page(home, slug=f"editor-{paragraphs}", title=writer.text(4))
    page.body = body
    page.save_revision().publish()
    translate_page(page, "ko", {first: "네트워크가 만납니다."})
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="ko")


class _Translator:
    """Opens the editor of a page and works on one of its texts, as the editor's script asks for it."""

    def __init__(self, user: Any, translation: Any) -> None:
        self.translation = translation
        self.client = Client()
        self.client.force_login(user)

    def work(self) -> dict[str, dict[str, Any]]:
        """Return what each request cost and how it was answered."""
        from translations.segments import segments_of  # noqa: PLC0415 -- app ready

        segment = next(one for one in segments_of(self.translation) if one.source.startswith(WORKED_ON))
        page = self.translation.get_target_instance()
        text = f"우리 네트워크는 2년마다 만납니다. {uuid4()}"
        return {
            "open": self._request(reverse("wagtailadmin_pages:edit", args=[page.pk])),
            "beside": self._request(self._url("beside", segment.pk)),
            "check": self._request(self._url("check", segment.pk), text=text),
            "save": self._request(self._url("save", segment.pk), text=text, seen=segment.translation),
            "comment": self._request(self._url("comment"), text="?", segment=segment.pk),
            "presence": self._request(self._url("presence"), segment=segment.pk, since=0),
            "preview": self._request(self._url("preview")),
        }

    def _url(self, name: str, *parts: int) -> str:
        return reverse(f"translations_editor:{name}", args=[self.translation.pk, *parts])

    def _request(self, url: str, **values: Any) -> dict[str, Any]:
        send = self.client.post if values else self.client.get
        row, response = cost(lambda: send(url, values, HTTP_X_REQUESTED_WITH="XMLHttpRequest"))
        return {**row, "helped": b"te-suggestion__text" in response.content}
