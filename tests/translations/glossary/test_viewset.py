"""The glossary in the admin: who sees it, what it shows, what it says."""

from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.languages import CODES
from home.bootstrap.groups import make_groups
from tests.search.pages import make_homes
from tests.translations.glossary.terms import make_term
from translations.models import GlossaryTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups(db):
    make_groups(make_homes()["en"])


def member(client, group: str):
    user = get_user_model().objects.create_user(group.split(":")[0].lower())
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def coordinator(client, groups):
    return member(client, "Coordinators")


def test_list_shows_five_languages(coordinator):
    make_term({"en": "city", "zh-hant": "城市", "ko": "도시", "ja": "都市"})
    text = coordinator.get(reverse("glossary:index")).content.decode()
    for shown in (
        "English",
        "繁體中文",
        "한국어",
        "日本語",
        "简体中文",
        "city",
        '<td lang="ko">도시</td>',
        '<td lang="zh-Hans">—</td>',
    ):
        assert shown in text


def test_list_asks_the_same_for_one_term_and_for_three(coordinator):
    asked = []
    for added in (1, 2):
        for number in range(added):
            make_term({"en": f"term {added}{number}", "ko": f"용어{added}{number}"})
        coordinator.get(reverse("glossary:index"))
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(reverse("glossary:index"))
        asked.append(len(captured))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("words", ["중립", "neutral", "CARBON", "カーボン", "탄소 중립", "중화", "stops"])
def test_terms_are_found_by_any_part_of_any_word(coordinator, words):
    make_term({"en": "carbon neutrality", "ko": "탄소중립", "ja": "カーボンニュートラル"}, "When warming stops.",
              forbidden={"ko": ["탄소중화"]})  # fmt: skip
    make_term({"en": "city"})
    text = coordinator.get(reverse("glossary:index_results"), {"q": words}).content.decode()
    assert ("carbon neutrality" in text, ">city<" in text.replace("\n", "").replace(" ", "")) == (True, False)


def test_terms_that_a_language_lacks_are_listed(coordinator):
    make_term({"en": "city", "ko": "도시"})
    make_term({"en": "river"})
    text = coordinator.get(reverse("glossary:index_results"), {"missing": "ko"}).content.decode()
    assert ("river" in text, "city" in text) == (True, False)


def test_coordinator_writes_a_term(coordinator):
    written = {
        "part_of_speech": "noun",
        "en_preferred": "city",
        "ko_preferred": "도시",
        "en_admitted": "town\nmunicipality",
    }
    answer = coordinator.post(reverse("glossary:add"), written)
    term = GlossaryTerm.objects.get()
    assert (answer.status_code, term.preferred) == (302, {"en": "city", "ko": "도시"})
    assert term.texts("en", "admitted") == ["town", "municipality"]
    edit = reverse("glossary:edit", args=[term.pk])
    assert "municipality" in coordinator.get(edit).content.decode()
    coordinator.post(edit, written | {"ko_preferred": "", "en_admitted": ""})
    assert [row.text for row in GlossaryTerm.objects.get().wordings.all()] == ["city"]


def test_form_says_in_the_editors_language_what_is_wrong(coordinator):
    make_term({"en": "city"})
    answer = coordinator.post(reverse("glossary:add"), {"part_of_speech": "noun", "en_preferred": "Cities"})
    assert answer.context["form"].errors == {"en_preferred": ["“Cities” is already a word for “city” in the glossary."]}
    assert GlossaryTerm.objects.count() == 1


@pytest.mark.parametrize("code", CODES)
def test_form_can_be_filled_in_advance(coordinator, code):
    form = coordinator.get(reverse("glossary:add"), {"language": code, "term": "水原"}).context["form"]
    assert form[f"{code.replace('-', '_')}_preferred"].value() == "水原"


FILES = [("", "csv", "text/csv; charset=utf-8"), ("_tbx", "tbx", "application/x-tbx")]


@pytest.mark.parametrize(("suffix", "extension", "content_type"), FILES)
def test_file_goes_out_and_comes_back(coordinator, suffix, extension, content_type):
    make_term({"en": "city", "ko": "도시"})
    exported = coordinator.get(reverse(f"glossary:export{suffix}"))
    assert exported["Content-Type"] == content_type
    assert exported["Content-Disposition"] == f'attachment; filename="glossary.{extension}"'
    again = SimpleUploadedFile(f"glossary.{extension}", exported.content.replace("도시".encode(), "시".encode()))
    assert coordinator.post(reverse(f"glossary:import{suffix}"), {"file": again}).status_code == 302
    assert GlossaryTerm.objects.get().preferred == {"en": "city", "ko": "시"}


def test_import_says_line_by_line_what_is_wrong(coordinator):
    wrong = SimpleUploadedFile("glossary.csv", b"en\r\n...\r\n")
    answer = coordinator.post(reverse("glossary:import"), {"file": wrong})
    assert answer.context["problems"] == [(2, "“...” holds no word.")]
    assert "“...” holds no word." in answer.content.decode()
    assert GlossaryTerm.objects.count() == 0


def test_import_of_tbx_says_entry_by_entry_what_is_wrong(coordinator):
    entry = '<termEntry><langSet xml:lang="%s"><tig><term>%s</term></tig></langSet></termEntry>'
    wrong = f"<martif><text><body>{entry % ('en', 'city')}{entry % ('ko', '...')}</body></text></martif>"
    answer = coordinator.post(reverse("glossary:import_tbx"), {"file": SimpleUploadedFile("x.tbx", wrong.encode())})
    assert answer.context["problems"] == [(2, "“...” holds no word.")]
    text = answer.content.decode()
    assert "“...” holds no word." in text
    assert "Correct these entries" in text
    assert GlossaryTerm.objects.count() == 0


@pytest.mark.parametrize(("suffix", "largest"), [("", 5), ("_tbx", 10)])
def test_file_that_is_too_large_is_refused(coordinator, suffix, largest):
    large = SimpleUploadedFile("glossary", b" " * (largest * 2**20 + 1))
    answer = coordinator.post(reverse(f"glossary:import{suffix}"), {"file": large})
    assert f"The file is larger than {largest} MB." in answer.content.decode()


def test_list_offers_what_the_user_may_do_with_files(coordinator, client, groups):
    names = ("export", "export_tbx", "import", "import_tbx")

    def offered(someone) -> list[str]:
        text = someone.get(reverse("glossary:index")).content.decode()
        return [name for name in names if f'href="{reverse(f"glossary:{name}")}"' in text]

    assert offered(coordinator) == list(names)
    assert offered(member(client, "Translators: 한국어")) == ["export", "export_tbx"]


def test_translators_read_and_do_not_write(client, groups):
    translator = member(client, "Translators: 한국어")
    term = make_term({"en": "city"})
    assert translator.get(reverse("glossary:index")).status_code == 200
    assert translator.get(reverse("glossary:inspect", args=[term.pk])).status_code == 200
    for name in ("export", "export_tbx"):
        assert translator.get(reverse(f"glossary:{name}")).status_code == 200
    writing = (("add", []), ("edit", [term.pk]), ("delete", [term.pk]), ("import", []), ("import_tbx", []))
    for name, args in writing:
        assert translator.get(reverse(f"glossary:{name}", args=args)).status_code == 302, name
    assert (
        translator.post(reverse("glossary:add"), {"en_preferred": "river", "part_of_speech": "noun"}).status_code == 302
    )
    assert GlossaryTerm.objects.count() == 1


def test_coordinator_deletes_a_term_and_is_told_which(coordinator):
    term = make_term({"en": "city", "ko": "도시"})
    url = reverse("glossary:delete", args=[term.pk])
    assert "city" in coordinator.get(url).content.decode()
    answer = coordinator.post(url, follow=True)
    (message,) = answer.context["messages"]
    assert unescape(str(message)).strip() == "Glossary term 'city' deleted."
    assert not GlossaryTerm.objects.exists()
