import socket
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from tests.translations.people import speaks
from tests.translations.trees import add_page
from translations import duties, mails, notices, reminders, tasks
from translations.models import Delivery, Kind, Notice, StateCount, TranslationTask

EARLY, LATE = datetime(2030, 1, 2, 6, tzinfo=UTC), datetime(2030, 1, 2, 7, 30, tzinfo=UTC)


class Post:
    """A mail server that keeps what it gets, or refuses it."""

    def __init__(self):
        self.messages = []
        self.refuses = False
        self.unknown = set()
        self.tried = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        self.tried.append(address)
        if address in self.unknown:
            return "550 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        if self.refuses:
            return "451 Not now"
        self.messages.append((envelope.rcpt_tos, BytesParser(policy=policy.default).parsebytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def post(settings):
    handler = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    yield handler
    controller.stop()


@pytest.fixture
def ko(home):
    return Locale.objects.get(language_code="ko")


@pytest.fixture
def ask(page, ko, staff, django_capture_on_commit_callbacks):
    """Request Korean translations, and let what follows the commit happen."""

    def ask(pages=None, **wishes):
        with django_capture_on_commit_callbacks(execute=True):
            return tasks.request(
                pages or [page], [ko], user=staff["coordinator"], assignees={ko: staff["ko"]}, **wishes
            )

    return ask


def test_request_reaches_the_translator_through_a_mail_server(ask, post, staff):
    ask(message="Please <b>soon</b>", due=date(2030, 1, 2))
    ((recipients, message),) = post.messages
    assert recipients == ["translator-ko@example.org"]
    text, html = (part.get_content() for part in message.iter_parts())
    assert (message["Subject"], message["Auto-Submitted"]) == ("[ENCYNET] Assigned to you: “Water”", "auto-generated")
    assert "Please <b>soon</b>" in text
    assert "Please &lt;b&gt;soon&lt;/b&gt;" in html
    notice = Notice.objects.get()
    assert f"http://localhost:8000/admin/translations/notices/{notice.pk}/" in text
    assert notice.mailed_at is not None


def test_mail_speaks_the_language_of_its_reader(ask, staff):
    speaks(staff["ko"], "ko")
    ask()
    (message,) = mail.outbox
    assert message.extra_headers["Content-Language"] == "ko"
    assert '<html lang="ko">' in message.alternatives[0].content


def test_many_pages_are_one_mail(home, ask):
    ask([add_page(home, f"Page {i}", f"page-{i}") for i in range(60)])
    (message,) = mail.outbox
    assert message.subject == "[ENCYNET] 60 notices from the translation desk"
    assert message.body.count("/admin/translations/notices/") == 50
    assert "10 more" in message.body
    assert Notice.objects.filter(mailed_at=None).count() == 0


def test_second_mail_waits_for_the_worker(home, ask):
    ask()
    ask([add_page(home, "Energy", "energy")])
    assert len(mail.outbox) == 1
    assert mails.send_waiting() == 1
    assert len(mail.outbox) == 2


def test_server_that_refuses_loses_nothing(home, ask, post, caplog):
    post.refuses = True
    ask()
    notice = Notice.objects.get()
    assert (notice.mailed_at, "451" in notice.failure) == (None, True)
    assert "will be tried again" in caplog.text
    post.refuses = False
    ask([add_page(home, "Energy", "energy")])
    assert post.messages == []
    assert mails.send_waiting(timezone.now() + timedelta(hours=1)) == 1
    ((_recipients, message),) = post.messages
    assert message["Subject"] == "[ENCYNET] 2 notices from the translation desk"
    assert mails.send_waiting() == 0


def test_server_that_is_gone_does_not_hold_up_the_request(ask, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert ask().tasks.count() == 1
    assert Notice.objects.get().failure.startswith("ConnectionRefusedError")


@pytest.fixture
def two(page, ko, staff, post):
    """Two who are told something, the first of whom has an address that the server refuses; return both, that first."""
    bad, good = sorted([staff["coordinator"], staff["ko"]], key=lambda user: user.pk)
    post.unknown = {bad.email}
    for user in (bad, good):
        Notice.objects.create(user=user, kind=Kind.REVIEW, source=page, locale=ko)
    return bad, good


def recipients(post):
    return [address for addresses, _message in post.messages for address in addresses]


def test_address_that_is_refused_keeps_no_mail_from_others(two, post):
    bad, good = two
    assert mails.send_waiting() == 1
    assert recipients(post) == [good.email]
    refused = Notice.objects.get(mailed_at=None)
    assert (refused.user, refused.failure.startswith("SMTPRecipientsRefused")) == (bad, True)


def test_address_that_is_refused_does_not_hold_up_what_others_want_at_once(
    home, two, post, ko, staff, django_capture_on_commit_callbacks
):
    bad, good = two
    mails.send_waiting()
    Notice.objects.exclude(mailed_at=None).update(mailed_at=timezone.now() - timedelta(hours=1))
    post.tried.clear()
    new = add_page(home, "Energy", "energy")
    with django_capture_on_commit_callbacks(execute=True):
        notices.tell([notices.new_notice(Kind.REVIEW, user, source=new, locale=ko) for user in (bad, good)])
    # Whose mails are refused is left to the worker.
    assert post.tried == [good.email]


def test_address_that_is_refused_is_tried_more_and_more_seldom_and_then_no_more(two, post):
    bad, _good = two
    start = Notice.objects.filter(user=bad).get().created_at
    tried = []
    for hour in range(24 * 20):
        post.tried.clear()
        mails.send_waiting(start + timedelta(hours=hour, minutes=1))
        if bad.email in post.tried:
            tried.append(hour)
    assert tried[:6] == [0, 1, 3, 7, 15, 31]
    assert {later - earlier for earlier, later in zip(tried[5:], tried[6:], strict=False)} == {24}
    assert (len(tried) < 25, tried[-1] <= 24 * 15) == (True, True)
    notice = Notice.objects.get(user=bad)
    assert (notice.mailed_at, notice.read_at, notice.delivery) == (None, None, Delivery.NONE)


def test_address_that_works_again_gets_what_waited(two, post):
    bad, _good = two
    mails.send_waiting()
    post.unknown.clear()
    assert mails.send_waiting(timezone.now() + timedelta(hours=2)) == 1
    assert recipients(post)[-1] == bad.email
    assert Notice.objects.get(user=bad).failure == ""


def test_notice_that_cannot_be_said_keeps_nothing_from_anybody(home, page, two, post, ko, monkeypatch):
    bad, good = two
    post.unknown.clear()
    said = mails.line_of

    def fail(notice):
        if notice.user == bad and notice.source_id == page.pk:
            raise KeyError("a language that was removed")
        return said(notice)

    monkeypatch.setattr(mails, "line_of", fail)
    start = timezone.now()
    Notice.objects.filter(user=bad).update(created_at=start - timedelta(days=2))
    new = Notice.objects.create(user=bad, kind=Kind.REVIEW, source=add_page(home, "Energy", "energy"), locale=ko)
    assert mails.send_waiting(start) == 1
    assert recipients(post) == [good.email]
    assert mails.send_waiting(start + timedelta(hours=2)) == 1
    new.refresh_from_db()
    assert (recipients(post)[-1], new.mailed_at is None) == (bad.email, False)


def test_server_that_is_gone_is_not_tried_for_the_next(two, post, settings):
    settings.EMAIL_PORT = 1
    assert mails.send_waiting() == 0
    assert sorted(Notice.objects.values_list("failure", flat=True))[0] == ""
    assert Notice.objects.exclude(failure="").count() == 1


def test_mail_of_a_process_that_died_is_sent_after_a_while(ask, staff, page, ko):
    Notice.objects.create(user=staff["ko"], kind=Kind.REVIEW, source=page, locale=ko, claimed_at=timezone.now())
    assert mails.send_waiting() == 0
    Notice.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert mails.send_waiting() == 1


def test_daily_mail_comes_in_the_morning_of_its_reader(page, ko, staff):
    Notice.objects.create(user=staff["ko"], kind=Kind.CHANGED, source=page, locale=ko, delivery=Delivery.DAILY)
    Notice.objects.update(created_at=EARLY - timedelta(hours=1))
    assert mails.send_waiting(EARLY) == 0
    assert mails.send_waiting(LATE) == 1
    Notice.objects.create(user=staff["ko"], kind=Kind.CHANGED, source=page, locale=ko, delivery=Delivery.DAILY)
    Notice.objects.filter(mailed_at=None).update(created_at=LATE)
    assert mails.send_waiting(LATE + timedelta(hours=9)) == 0
    UserProfile.objects.update_or_create(user=staff["ko"], defaults={"current_time_zone": "Asia/Seoul"})
    assert mails.send_waiting(LATE + timedelta(hours=16)) == 1


@pytest.mark.parametrize(
    ("delivery", "at_once", "kept"), [("now", 1, "now"), ("daily", 0, "daily"), ("none", 0, "none")]
)
def test_choice_of_a_person_decides(ask, staff, delivery, at_once, kept):
    notices.choose(staff["ko"], {Kind.ASSIGNED: delivery})
    ask()
    assert len(mail.outbox) == at_once
    assert Notice.objects.get().delivery == kept


def test_person_without_address_is_told_at_the_desk_only(ask, staff):
    staff["ko"].email = ""
    staff["ko"].save()
    ask()
    assert (len(mail.outbox), Notice.objects.get().delivery) == (0, Delivery.NONE)


def test_nobody_is_told_what_they_did(page, ko, staff):
    tasks.request([page], [ko], user=staff["ko"], assignees={ko: staff["ko"]})
    assert not Notice.objects.exists()


def test_person_who_left_is_not_told(page, ko, staff):
    staff["ko"].is_active = False
    staff["ko"].save()
    tasks.request([page], [ko], user=staff["coordinator"], assignees={ko: staff["ko"]})
    assert not Notice.objects.exists()


def test_title_cannot_add_a_header_to_the_mail(home, ask):
    ask([add_page(home, "Water\nBcc: all@example.org", "bcc")])
    assert mail.outbox[0].subject == "[ENCYNET] Assigned to you: “Water Bcc: all@example.org”"


DUE = date(2030, 1, 10)


def reminded(*days):
    return [reminders.remind(date(2030, 1, day)) for day in days]


def test_reminds_once_before_once_after_and_then_weekly(ask):
    ask(due=DUE)
    assert reminded(6, 7, 8, 10, 11, 12, 17, 18) == [0, 1, 0, 0, 1, 0, 0, 1]


def test_reminds_who_asked_only_when_it_is_late(ask, staff):
    ask(due=DUE)
    Notice.objects.all().delete()
    reminded(8)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"translator-ko"}
    reminded(11)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"translator-ko", "coordinator"}


def test_reminds_the_reviewer_and_not_the_translator_of_what_waits_in_review(ask, staff):
    ask(due=DUE)
    task = TranslationTask.objects.get()
    tasks.hand_in(task, staff["ko"])
    Notice.objects.all().delete()
    assert reminded(8, 11) == [1, 1]
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"coordinator"}
    TranslationTask.objects.update(reviewer=staff["editor"], reminded_on=None)
    Notice.objects.all().delete()
    reminded(8)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"editor"}


def test_reminding_of_many_reviews_takes_the_same_queries(home, ask, staff):
    def cost():
        Notice.objects.all().delete()
        TranslationTask.objects.update(state="in_review", request=None, reminded_on=None)
        with CaptureQueriesContext(connection) as queries:
            reminded(11)
        return len(queries)

    ask([add_page(home, f"Page {i}", f"page-{i}") for i in range(2)], due=DUE)
    few = cost()
    ask([add_page(home, f"Page {i}", f"page-{i}") for i in range(2, 10)], due=DUE)
    assert cost() == few


def test_reminder_takes_the_place_of_the_one_before(ask, staff):
    ask(due=DUE)
    Notice.objects.all().delete()
    reminded(8, 11, 18)
    translators = Notice.objects.filter(user=staff["ko"])
    assert translators.count() == 1
    translators.update(mailed_at=timezone.now())
    reminded(25)
    assert [notice.mailed_at for notice in translators.filter(read_at=None)] == [None]
    assert translators.count() == 2


def test_source_that_changes_again_and_again_is_told_once_until_it_is_read(page, korean, ko, staff):
    TranslationTask.objects.create(source=page, locale=ko, assignee=staff["ko"])

    def publish(*titles):
        for title in titles:
            row = Page.objects.get(pk=page.pk).specific
            row.title = title
            row.save_revision().publish()

    changed = Notice.objects.filter(user=staff["ko"], kind=Kind.CHANGED)
    publish("Rivers", "Lakes", "Oceans")
    first = changed.get()
    changed.update(mailed_at=timezone.now())
    publish("Streams", "Seas")
    second = changed.get(read_at=None)
    assert (second.pk != first.pk, second.mailed_at) == (True, None)
    changed.update(read_at=timezone.now())
    publish("Ponds")
    assert changed.filter(read_at=None).count() == 1


@pytest.mark.parametrize("state", ["accepted", "published", "cancelled"])
def test_reminds_nobody_of_what_is_done(ask, state):
    ask(due=DUE)
    TranslationTask.objects.update(state=state)
    assert reminded(8, 12) == [0, 0]


def test_notices_are_forgotten_long_after_they_were_read(ask):
    ask()
    now = timezone.now()
    assert notices.forget_old(now + timedelta(days=91)) == 0
    Notice.objects.update(read_at=now)
    assert notices.forget_old(now + timedelta(days=89)) == 0
    assert notices.forget_old(now + timedelta(days=91)) == 1


def test_round_of_the_worker_does_everything(korean, page, ask, django_capture_on_commit_callbacks):
    ask(due=timezone.localdate() + timedelta(days=1))
    mail.outbox.clear()
    Notice.objects.update(mailed_at=None, claimed_at=None)
    done = duties.tend()
    assert (done.taken_over, done.reminded, done.mails) == (0, 1, 1)
    assert StateCount.objects.filter(state="up_to_date", locale__language_code="ko").get().pages == 2
    assert duties.tend().mails == 0
