"""What becomes of each text of a file, and why."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation

from tests.translations.exchange.conftest import outcomes, texts_of
from tests.translations.trees import PARAGRAPH
from translations.exchange import importing
from translations.exchange.archive import READERS, pack
from translations.segments import segments_of
from translations.writing import remove_text, write_text

PLAN = 'Water is <b>shared</b>, see <a id="a1">the plan</a>.'


def segment(translation, path="title"):
    return StringSegment.objects.filter(source=translation.source, context__path=path).first()


def republish(page, **changes):
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_file_that_comes_back_unchanged_changes_nothing(bring, exported):
    for file_format, name in (("xliff1", "x.xlf"), ("xliff2", "x.xlf"), ("po", "x.po")):
        _record, plan = bring(exported(file_format), name)
        assert outcomes(plan) == {"Water": "same", PLAN: "same", "Rain": "same"}
        assert (plan.files[0].problem, plan.written) == ("", 0)


def test_new_text_and_changed_text_are_told_apart(bring, exported, translation, user):
    remove_text(translation, segment(translation), user=user)
    content = exported("po", replace=[('msgid "Water"\nmsgstr ""', 'msgid "Water"\nmsgstr "강물"'), ('"비"', '"빗물"')])
    _record, plan = bring(content, "x.po")
    assert outcomes(plan) == {"Water": "new", PLAN: "same", "Rain": "changed"}


def test_row_names_place_and_text(bring, exported):
    _record, plan = bring(exported(replace=[(">물<", ">강물<")]))
    row = plan.files[0].rows[0]
    assert (row.place, row.source, row.text, row.current) == ("Title", "Water", "강물", "물")
    assert (plan.files[0].title, plan.files[0].language) == ("물", "한국어")


def test_text_that_is_newer_on_the_web_is_a_conflict(bring, exported, translation, user):
    content = exported(replace=[(">물<", ">강물<")])
    write_text(translation, segment(translation), "수자원", user=user)
    _record, plan = bring(content)
    assert outcomes(plan)["Water"] == "conflict"
    row = plan.files[0].rows[0]
    assert (row.text, row.current) == ("강물", "수자원")
    assert row.message == "Somebody changed it on the web after the file was made."


def test_text_of_a_file_of_unknown_age_is_a_conflict(bring, exported):
    content = re.sub(rb' date="[^"]*"', b"", exported(replace=[(">물<", ">강물<")]))
    _record, plan = bring(content)
    assert outcomes(plan) == {"Water": "conflict", PLAN: "same", "Rain": "same"}


def test_same_text_newer_on_the_web_is_no_conflict(bring, exported, translation, user):
    content = exported(replace=[(">물<", ">강물<")])
    write_text(translation, segment(translation), "강물", user=user)
    _record, plan = bring(content)
    assert outcomes(plan)["Water"] == "same"


def test_unfinished_text_is_left_unless_wanted(bring, exported, carry_out, translation):
    content = exported().replace(b' approved="yes"', b"")
    content = content.replace('state="final">물<'.encode(), 'state="needs-translation">강물<'.encode())
    record, plan = bring(content)
    assert outcomes(plan)["Water"] == "uncertain"
    assert carry_out(record, uncertain=True).written == 1
    assert texts_of(translation)["Water"] == "강물"


def test_machine_text_that_comes_back_finished_is_confirmed(bring, exported, translation, carry_out, user):
    write_text(translation, segment(translation), "물들", user=None, means="machine", detail="OpenCC")
    content = exported()
    _record, plan = bring(content)
    assert outcomes(plan)["Water"] == "same"
    record, plan = bring(content.replace(b"needs-review-translation", b"translated"))
    assert outcomes(plan)["Water"] == "confirmed"
    carry_out(record)
    text = StringTranslation.objects.get(context__path="title", locale=translation.target_locale, data="물들")
    assert (text.translation_type, text.last_translated_by) == ("manual", user)


def test_empty_text_is_left(bring, exported):
    _record, plan = bring(exported(replace=[(">물<", "> <")]))
    assert outcomes(plan)["Water"] == "empty"


def test_text_that_is_twice_in_the_file_is_refused_if_it_differs(bring, exported):
    unit = re.search(rb"<trans-unit.*?</trans-unit>", exported())[0]
    _record, plan = bring(exported().replace(unit, unit + unit))
    assert outcomes(plan)["Water"] == "same"
    _record, plan = bring(exported().replace(unit, unit + unit.replace("물".encode(), "강".encode())))
    assert outcomes(plan)["Water"] == "duplicate"


def test_text_of_no_place_is_unknown(bring, exported):
    _record, plan = bring(exported("po", replace=[('msgctxt "title"', 'msgctxt "subtitle"')]), "x.po")
    assert outcomes(plan) == {"Water": "unknown", PLAN: "same", "Rain": "same"}
    assert plan.files[0].rows[0].message == "The page does not have this text."


def test_original_that_was_altered_in_the_file_is_refused(bring, exported):
    _record, plan = bring(exported(replace=[(">Water<", ">Fire<"), (">물<", ">불<")]))
    assert plan.files[0].rows[0].message == "The original text was altered in the file."
    assert outcomes(plan)["Water"] == "refused"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<g id="a1" ctype="link">', '<g id="a7" ctype="link">', "Unrecognised id found in an <a> tag: a7"),
        (">물<", f">{'물' * 256}<", "Too long: at most 255 characters fit."),
        ('<g id="1" ctype="bold">', '<g id="9" ctype="x-html-script">', "<script> tag is not allowed."),
        ('<g id="1" ctype="bold">', '<g id="9">', "The markup number 9 is not in the source."),
    ],
)
def test_text_that_cannot_be_used_is_refused_with_the_reason(bring, exported, old, new, message):
    content = exported().decode()
    target = content.rindex(old)
    _record, plan = bring((content[:target] + new + content[target + len(old) :]).encode())
    [row] = [row for row in plan.files[0].rows if row.outcome == "refused"]
    assert row.message.startswith(message)


def test_translation_of_a_changed_original_is_kept_for_the_editor(bring, exported, page, translation, carry_out, user):
    remove_text(translation, segment(translation), user=user)
    content = exported(replace=[('state="needs-translation"/>', 'state="translated">물</target>')])
    republish(page, title="Water and energy")
    translation.source.update_from_db()
    record, plan = bring(content)
    assert outcomes(plan)["Water"] == "kept"
    carry_out(record)
    title = next(row for row in segments_of(translation) if row.path == "title")
    assert (title.source, title.translation) == ("Water and energy", "")
    assert (title.former.source, title.former.translation) == ("Water", "물")


def test_translation_of_a_changed_original_that_was_there_before_is_named(bring, exported, page, translation):
    content = exported(replace=[(">물<", ">강물<")])
    republish(page, title="Water and energy")
    translation.source.update_from_db()
    _record, plan = bring(content)
    assert outcomes(plan)["Water"] == "source_changed"
    assert texts_of(translation)["Water"] == "물"


@pytest.mark.parametrize(
    ("file_format", "old", "new", "named"),
    [
        ("xliff1", 'target-language="ko"', 'target-language="ja"', "ja"),
        ("xliff1", 'source-language="en"', 'source-language="fr"', "fr"),
        ("xliff2", 'trgLang="ko"', 'trgLang="tlh"', "tlh"),
        ("po", '"Language: ko\\n"', '"Language: zh_TW\\n"', "zh_TW"),
    ],
)
def test_file_of_another_language_is_refused(bring, exported, file_format, old, new, named):
    _record, plan = bring(exported(file_format, replace=[(old, new)]), f"x.{file_format[:2]}".replace(".xl", ".xlf"))
    assert plan.files[0].problem == f"This file says that it is in another language: {named}."
    assert plan.written == 0


@pytest.mark.parametrize("language", ["", "ko", "ko_KR", "ko-KR"])
def test_file_of_the_language_or_of_none_is_taken(bring, exported, language):
    content = exported("po", replace=[('"Language: ko\\n"', f'"Language: {language}\\n"'), ('"물"', '"강물"')])
    _record, plan = bring(content, "x.po")
    assert outcomes(plan)["Water"] == "changed"


@pytest.mark.parametrize("uuid", ["", "0", "00000000-0000-0000-0000-000000000000", "../../etc"])
def test_file_of_no_page_is_refused(bring, exported, translation, uuid):
    _record, plan = bring(exported(replace=[(str(translation.uuid), uuid)]))
    assert plan.files[0].problem == "This file is of no page that is translated here and that you may edit."


def test_file_of_a_page_that_is_not_the_users_is_refused_like_an_unknown_one(bring, exported, django_user_model):
    stranger = django_user_model.objects.create_user("jun")
    _record, plan = bring(exported(replace=[(">물<", ">강물<")]), user=stranger)
    assert plan.files[0].problem == "This file is of no page that is translated here and that you may edit."
    assert (plan.files[0].title, plan.files[0].rows) == ("", ())


def test_file_of_another_translation_is_refused_in_the_editor_of_one(bring, exported, translation, home):
    other = type(translation).objects.exclude(pk=translation.pk).first()
    _record, plan = bring(exported(), only=other)
    assert plan.files[0].problem.startswith("This file is not of this page and language")


def test_file_of_a_locked_page_is_refused(bring, exported, korean, django_user_model):
    korean.locked, korean.locked_by = True, django_user_model.objects.create_user("jun")
    korean.locked_at = timezone.now()
    korean.save()
    _record, plan = bring(exported(replace=[(">물<", ">강물<")]))
    assert "locked" in plan.files[0].problem


def test_file_of_a_page_that_is_edited_by_hand_is_refused(bring, exported, translation):
    content = exported(replace=[(">물<", ">강물<")])
    translation.enabled = False
    translation.save()
    _record, plan = bring(content)
    assert plan.files[0].problem == ("This page is edited by hand: its synchronisation with the original was stopped.")


def test_same_page_twice_is_taken_once(bring, exported):
    content = exported(replace=[(">물<", ">강물<")])
    _record, plan = bring(pack([("a.xlf", content), ("b.xlf", content)]), "x.zip")
    assert [file.problem for file in plan.files] == ["", "The file “a.xlf” has the same page and language."]


def test_queries_do_not_grow_with_texts(bring, exported, page, translation):
    record, _plan = bring(exported())
    with CaptureQueriesContext(
        connection,
    ) as few:
        importing.plan_of(record)
    body = "".join(f"<p>Paragraph {number}</p>" for number in range(60))
    republish(page, body=[("paragraph", PARAGRAPH + body)])
    translation.source.update_from_db()
    record, plan = bring(exported())
    assert len(plan.files[0].rows) == 63
    with CaptureQueriesContext(connection) as many:
        importing.plan_of(record)
    assert len(many) == len(few)


def test_time_of_the_file_is_that_of_its_export(exported):
    [read] = READERS[".xlf"]("x", exported())
    assert timezone.now() - read.exported_at < datetime.timedelta(minutes=5)
