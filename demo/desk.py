"""What lies on the desks of the demonstration: requests, terms proposed for the glossary, and twelve weeks of a trend.

The requests are made the way a coordinator makes them; the weeks before today are made up.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import Count
from wagtail.models import Locale, Page

from demo.accounts import find_user
from translations import coverage, notices, people, states, tasks
from translations.glossary import proposals
from translations.models import Delivery, Kind, PageTranslationState, StateCount, TermProposal, TranslationTask
from translations.preparing import submit

COORDINATOR = "coordinator"
# Page, language, days until it is due, message, what became of it.
REQUESTS: tuple[tuple[str, str, int, str, str], ...] = (
    ("curitiba-bus-corridors", "ko", 3, "The mayor of Suwon will quote it in his opening speech.", "begun"),
    ("urban-trees-for-2060", "ko", -2, "", "begun"),
    ("urban-trees-for-2060", "zh-hans", 10, "", "nobody"),
    ("shenzhen-electric-buses", "ja", 5, "Please keep the names of the bus makers in Latin letters.", "begun"),
    ("study-visits-open-for-spring", "ja", 7, "", "nobody"),
    ("jeju-carbon-free-island", "zh-hant", 4, "", "returned"),
    ("heat-in-ger-and-terrace", "ja", 14, "", "asked"),
)
RETURNED = "The figures for 2030 are missing in the second paragraph, and “carbon free” is 無碳 in our glossary."

# Language, English term, what its translator would say, and why; and what the coordinator said to it, if anything.
PROPOSALS: tuple[tuple[str, str, str, str, str], ...] = (
    ("ko", "urban forest", "도시숲", "「도시숲법」에서 쓰는 말입니다. 지금은 페이지마다 다릅니다.", ""),
    ("ja", "cloudburst", "集中豪雨", "コペンハーゲンの事例で繰り返し使われています。", ""),
    ("zh-hant", "low-emission zone", "低排放區", "新聞稿裡「低污染區」與「低排放區」並用，請統一。", ""),
    (
        "zh-hans",
        "study visit",
        "研学参访",
        "",
        "Invitations have said 考察访问 for years; partners know it so.",
    ),
)


def load_desk(find_page: Callable[[str], Page], today: datetime.date) -> int:
    """Compute all states and, where nobody was asked for anything yet, make the requests; return how many there are.

    Nothing is requested where the demonstration's accounts were not wanted.
    """
    states.refresh()
    coordinator = find_user(COORDINATOR)
    if coordinator is None or TranslationTask.objects.exists():
        return 0
    _mail_nobody()
    for slug, code, days, message, fate in REQUESTS:
        _request(find_page(slug), code, today + datetime.timedelta(days=days), message, fate, coordinator)
    for proposal in PROPOSALS:
        _propose(*proposal, coordinator)
    states.refresh()
    _make_up_weeks(today)
    return len(REQUESTS)


def _mail_nobody() -> None:
    """Made-up people have no mailboxes; whoever wants to see the mails chooses so on the account page."""
    for user in {*people.coordinators(), *people.all_assignable(people.target_languages())}:
        notices.choose(user, dict.fromkeys(Kind, Delivery.NONE))


def _request(page: Page, code: str, due: datetime.date, message: str, fate: str, coordinator: Any) -> None:
    locale = Locale.objects.get(language_code=code)
    translator = None if fate == "nobody" else find_user(f"translator-{code}")
    record = tasks.request([page], [locale], user=coordinator, assignees={locale: translator}, due=due, message=message)
    if fate == "asked":
        submit([(page, locale)], coordinator)
    for task in record.tasks.select_related("request", "locale"):
        if fate == "begun":
            tasks.start(task, translator)
        elif fate == "returned":
            tasks.hand_in(task, translator)
            tasks.send_back(task, coordinator, RETURNED)


def _propose(code: str, source: str, text: str, note: str, declined: str, coordinator: Any) -> None:
    proposal = TermProposal(source=source, language=code, text=text, note=note)
    proposals.propose(proposal, user=find_user(f"translator-{code}"))
    if declined:
        proposals.decline(proposal, user=coordinator, answer=declined)


def _make_up_weeks(today: datetime.date) -> None:
    """Let the network have translated steadily: from half of what is up to date now, twelve weeks ago, to all of it."""
    coverage.count_today(today)
    totals = dict(PageTranslationState.objects.order_by().values_list("locale").annotate(Count("pk")))
    done = PageTranslationState.objects.filter(state=PageTranslationState.State.UP_TO_DATE).order_by()
    for locale_id, now in done.values_list("locale").annotate(Count("pk")):
        for back in range(1, coverage.WEEKS):
            then = round(now * (1 - back / (2 * coverage.WEEKS)))
            for state, pages in (("up_to_date", then), ("missing", totals[locale_id] - then)):
                day = today - datetime.timedelta(weeks=back)
                StateCount.objects.create(day=day, locale_id=locale_id, state=state, pages=pages)
