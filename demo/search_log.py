"""Searches of a month, made up: so that the reports of the demonstration have something to show.

Nobody asked these. They are known by their engine's name, ENGINE; what they find is asked of the real index.
"""

import datetime
import random

from django.conf import settings
from django.utils import timezone

from search.backends import get_backend
from search.backends.base import BackendUnavailableError, SearchRequest, SearchResults
from search.folding import fold
from search.models import SearchLogEntry

ENGINE = "demonstration"
DAYS = 30
# The same month whenever it is loaded.
SEED = 2014

# Language -> queries, the most frequent first. The last of each are what a visitor does not find: other words, slips
# of the keyboard, other subjects.
QUERIES: dict[str, tuple[str, ...]] = {
    "en": (
        "biodiversity", "Suwon", "waste", "call for research", "climate", "summit 2014", "bicycle", "Curitiba",
        "wind energy", "members", "river restoration", "buses", "rubbish collection", "biodiversty", "carbon tax",
        "job offers",
    ),
    "zh-hant": (
        "生物多樣性", "水原", "垃圾", "研究徵集", "臺北", "氣候", "自行車", "高峰會", "風力", "成員", "河川復育",
        "巴士", "廚餘費率", "捷運", "徵才",
    ),
    "ko": (
        "생물다양성", "수원", "제주", "기후", "청계천", "연구 공모", "자전거", "폐기물", "회원", "풍력", "평창",
        "강원", "쓰레기종량제", "tndnjs", "채용", "미세먼지 저감조치",
    ),
    "ja": (
        "生物多様性", "北九州", "気候", "自転車", "水原", "研究公募", "ごみ", "風力発電", "会員", "サミット", "河川",
        "バス", "ゴミ分別", "せいぶつたようせい", "求人",
    ),
    "zh-hans": (
        "生物多样性", "深圳", "气候", "公交", "垃圾分类", "水原", "研究征集", "峰会", "风电", "成员", "河流修复",
        "自行车", "碳交易", "地铁", "招聘",
    ),
}  # fmt: skip


def load_searches() -> int:
    """Fill an empty search log with a month of searches up to now; return how many. Nothing where there is no log."""
    if not settings.SEARCH_LOG_DAYS or SearchLogEntry.objects.exists():
        return 0
    chance = random.Random(SEED)
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    entries: list[SearchLogEntry] = []
    try:
        for language, queries in QUERIES.items():
            for place, query in enumerate(queries):
                found = get_backend().search(SearchRequest(query, language))
                times = max(3, round(40 / (place + 1)) + chance.randint(-2, 4))
                entries += [_entry(chance, now, language, query, found) for _ in range(times)]
    except BackendUnavailableError:
        return 0
    # Numbered as they came, as a log is.
    entries.sort(key=lambda entry: entry.asked_at)
    SearchLogEntry.objects.bulk_create(entries)
    return len(entries)


def _entry(
    chance: random.Random, now: datetime.datetime, language: str, query: str, found: SearchResults
) -> SearchLogEntry:
    """Return one search: by day more than by night; the first rows are opened most, long queries take longer."""
    opened = bool(found.own.total or found.other.total) and chance.random() < 0.6
    hours = DAYS * 24 * chance.random() ** 1.2
    return SearchLogEntry(
        token=f"demonstration-{chance.getrandbits(36):09x}",
        asked_at=now - datetime.timedelta(hours=round(hours)),
        language=language,
        query=fold(query),
        typed=query.upper() if chance.random() < 0.1 else query,
        own=found.own.total,
        other=found.other.total,
        engine=ENGINE,
        milliseconds=round(8 + 2 * len(query) + chance.expovariate(1 / 12)),
        clicks=1 + (chance.random() < 0.2) if opened else 0,
        best_rank=min(10, 1 + int(chance.expovariate(1 / 1.5))) if opened else None,
    )
