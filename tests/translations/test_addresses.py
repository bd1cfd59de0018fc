"""Every address of the desk, asked for by every role and in every language: there is none that is not named here."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment

from home.bootstrap import bootstrap_site
from home.models import HomePage
from tests.translations.roles import ROLES, TEXTS, make_roles, make_water
from translations import jobs, tasks
from translations.models import Bundle, GlossaryTerm, TermProposal, TextChange, TranslationComment, TranslationTask

TRANSLATORS = {"korean", "japanese", "coordinator"}
READERS = TRANSLATORS | {"editor"}
COORDINATORS = {"coordinator"}

# About the texts of one translation: allowed in one's own language, and to coordinators in each.
OF_ONE_LANGUAGE = {
    "translations_editor:token": "get",
    "translations_editor:beside": "get",
    "translations_editor:save": "post",
    "translations_editor:confirm": "post",
    "translations_editor:restore": "post",
    "translations_editor:check": "post",
    "translations_editor:dismiss": "post",
    "translations_editor:override": "post",
    "translations_editor:comment": "post",
    "translations_editor:resolve": "post",
    "translations_editor:presence": "post",
    "translations_editor:hand_in": "post",
    "translations_editor:accept": "post",
    "translations_editor:send_back": "post",
    "translations_editor:preview": "get",
}
OWN = {"korean": {"ko"}, "japanese": {"ja"}, "coordinator": {"ko", "ja"}}

# About no page, or showing each person what is theirs: who gets an answer at all.
OF_A_ROLE = {
    ("translations_guide", "get"): READERS,
    ("translations_desk", "get"): TRANSLATORS,
    ("translations_tasks", "get"): TRANSLATORS,
    ("translations_tasks_bulk", "post"): COORDINATORS,
    ("translations_request", "get"): {"editor", "coordinator"},
    ("translations_notices_read", "post"): READERS,
    ("translations_notice", "get"): READERS,
    ("translations_coverage", "get"): TRANSLATORS,
    ("translations_coverage_pages", "get"): TRANSLATORS,
    ("translations_coverage_pages_results", "get"): TRANSLATORS,
    ("translations_memory", "get"): COORDINATORS,
    ("translations_memory", "post"): COORDINATORS,
    ("translations_memory_export", "get"): COORDINATORS,
    ("glossary_proposals", "get"): TRANSLATORS,
    ("glossary_proposals", "post"): TRANSLATORS,
    ("glossary_proposal_decide", "post"): COORDINATORS,
    ("translations_jobs", "get"): READERS,
    ("translations_job", "get"): COORDINATORS,
    ("translations_job_cancel", "post"): COORDINATORS,
    ("translations_job_retry", "post"): COORDINATORS,
    ("translations_bundles", "get"): READERS,
    ("translations_bundle", "get"): COORDINATORS,
    ("translations_bundle_edit", "post"): COORDINATORS,
    ("translations_bundle_publish", "post"): COORDINATORS,
    ("translations_bundle_cancel", "post"): COORDINATORS,
    ("translations_export", "get"): READERS,
    ("translations_import", "get"): READERS,
    ("translations_import_review", "get"): set(),
    ("translations_machine_use", "get"): COORDINATORS,
    ("translations_machine_use_results", "get"): COORDINATORS,
    ("glossary:index", "get"): TRANSLATORS,
    ("glossary:index_results", "get"): TRANSLATORS,
    ("glossary:inspect", "get"): TRANSLATORS,
    ("glossary:export", "get"): TRANSLATORS,
    ("glossary:export_tbx", "get"): TRANSLATORS,
    ("glossary:add", "post"): COORDINATORS,
    ("glossary:edit", "post"): COORDINATORS,
    ("glossary:delete", "post"): COORDINATORS,
    ("glossary:history", "get"): COORDINATORS,
    ("glossary:history_results", "get"): COORDINATORS,
    ("glossary:usage", "get"): COORDINATORS,
    ("glossary:import", "post"): COORDINATORS,
    ("glossary:import_tbx", "post"): COORDINATORS,
}
# Tried by what it does in test_rights, and for the pairs that have an engine in machine.test_drafts.
TRIED_ELSEWHERE = {"translations_bundle_add", "translations_machine_draft"}
# Wagtail's, with an action of ours: test_rights.py publishes by it.
TRIED_ELSEWHERE |= {f"wagtailadmin_api:pages:{name}" for name in ("listing", "find", "detail", "action")}


def addresses(resolver: URLResolver | None = None, space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    """Name and pattern of every address of the desk."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, path)
        elif pattern.name:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            if view.__module__.startswith("translations.") or space == "glossary:":
                yield f"{space}{pattern.name}", path


def address(name: str, known: dict[str, object]) -> str:
    """Return the shortest address of a name, with those of the known parts that it has."""
    path = next(path for found, path in addresses() if found == name)
    return reverse(name, kwargs={part: known[part] for part in re.findall(r"<\w+:(\w+)>", path)})


def test_every_address_of_the_desk_is_tried():
    tried = {*OF_ONE_LANGUAGE, *(name for name, _ in OF_A_ROLE), *TRIED_ELSEWHERE}
    assert {name for name, _ in addresses()} == tried


@pytest.fixture
def people(db):
    bootstrap_site()
    return make_roles()


@pytest.fixture
def ask(people):
    """A function that sends one request as a role, as the admin's scripts do, and returns whether it was answered."""

    def ask(role, method, url, data=None) -> bool:
        client = Client()
        client.force_login(people[role])
        client.raise_request_exception = False
        response = getattr(client, method)(url, data or {}, headers={"x-requested-with": "XMLHttpRequest"})
        assert response.status_code < 500, (role, method, url)
        return response.status_code not in (403, 404)

    return ask


@pytest.fixture
def translations(people):
    """A page in Korean and Japanese, handed in for review."""
    pages, translations = make_water()
    tasks.request([pages["en"]], list(Locale.objects.filter(language_code__in=TEXTS)), user=people["coordinator"])
    return translations


def test_texts_are_open_in_ones_own_language_only(translations, ask):
    wrong = []
    for name, method in OF_ONE_LANGUAGE.items():
        for role in ROLES:
            for code, translation in translations.items():
                state = "requested" if name.endswith("hand_in") else "in_review"
                TranslationTask.objects.update(state=state)
                segment = StringSegment.objects.filter(source=translation.source).first()
                image = translation.source.overridablesegment_set.first()
                comment = TranslationComment.objects.create(translation=translation, text="?")
                known = {
                    "translation_id": translation.pk,
                    "segment_id": image.pk if name.endswith("override") else segment.pk,
                    "comment_id": comment.pk,
                }
                change = TextChange.objects.create(
                    translation=translation, context=segment.context, string=segment.string, text="y"
                )
                data = {"text": "x", "note": "x", "change": change.pk}
                if ask(role, method, address(name, known), data) is not (code in OWN.get(role, set())):
                    wrong.append((name, role, code))
    assert wrong == [], "\n".join(map(str, wrong))


def test_other_addresses_are_open_to_their_roles(people, ask):
    home, term = HomePage.objects.get(locale__language_code="en"), GlossaryTerm.objects.create()
    known = {"pk": term.pk, "language": "ko"}
    wrong = []
    for (name, method), allowed in OF_A_ROLE.items():
        for role in ROLES:
            known["bundle_id"] = Bundle.objects.create(name="Water").pk
            known["job_id"] = jobs.enqueue("submit", {}, user=None, label="Water").pk
            known["notice_id"] = known["import_id"] = 1
            known["proposal_id"] = TermProposal.objects.create(
                source_language="en", source="basin", language="ko", text="유역"
            ).pk
            if not GlossaryTerm.objects.filter(pk=term.pk).exists():
                term.save()
            if ask(role, method, address(name, known), {"page": home.pk}) is not (role in allowed):
                wrong.append((name, method, role))
    assert wrong == [], "\n".join(map(str, wrong))


NO_NUMBERS = ("abc", "²", "-1", "9" * 23, "9" * 5000)


@pytest.mark.parametrize("number", NO_NUMBERS, ids=lambda number: f"{number[:3]}-{len(number)}")
def test_numbers_that_are_of_no_row_are_no_error_of_the_server(translations, ask, number):
    translation = next(iter(translations.values()))
    segment = StringSegment.objects.filter(source=translation.source).first()
    page = HomePage.objects.get(locale__language_code="en")

    def editor(name, *parts):
        return reverse(f"translations_editor:{name}", args=[translation.pk, *parts])

    for method, url, data in [
        ("post", editor("restore", segment.pk), {"change": number}),
        ("post", editor("presence"), {"segment": number, "since": number}),
        ("post", editor("comment"), {"text": "x", "segment": number, "parent": number}),
        ("get", reverse("translations_request"), {"page": number}),
        ("post", f"{reverse('translations_request')}?page={page.pk}", {"languages": number, "assignee_ko": number}),
        ("get", reverse("translations_export"), {"page": number}),
        ("get", reverse("translations_coverage_pages"), {"type": number, "section": number}),
        ("post", reverse("translations_tasks_bulk"), {"tasks": number, "action": "assign", "assignee": number}),
        ("post", reverse("translations_bundle_add", args=[page.pk]), {"name": "x", "pages": number}),
        ("post", reverse("translations_machine_draft"), {"translation": number, "segment": number}),
    ]:
        ask("coordinator", method, url, data)
