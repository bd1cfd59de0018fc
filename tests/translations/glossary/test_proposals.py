"""Translators propose terms, coordinators decide, and only then the glossary changes."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from cms.languages import CODES
from tests.translations.glossary.terms import make_term
from tests.translations.people import speaks
from translations import mails, notices
from translations.events import term_proposal_changed
from translations.glossary.proposals import ProposalRefused, accept, decline, propose
from translations.models import GlossaryTerm, Kind, Notice, TermProposal
from translations.wording import line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_user("mina")


def proposed(user, source="resilience", text="회복력", language="ko") -> TermProposal:
    """A proposal of which the coordinators know already."""
    proposal = propose(TermProposal(source=source, language=language, text=text), user=user)
    Notice.objects.filter(proposal=proposal).delete()
    return proposal


def test_accepted_proposal_is_a_new_term(user):
    term = accept(proposed(user), user=user)
    assert term.preferred == {"en": "resilience", "ko": "회복력"}
    decided = TermProposal.objects.get()
    assert (decided.state, decided.term, decided.decided_by) == ("accepted", term, user)


def test_accepted_word_of_a_known_concept_takes_the_place_of_its_term(user):
    term = make_term(
        {"en": "resilience", "ko": "탄력성"},
        admitted={"en": ["robustness"], "ko": ["복원력"]},
        forbidden={"ko": ["회복력"]},
    )
    accept(proposed(user, source="Robustness"), user=user)
    term = GlossaryTerm.objects.get(pk=term.pk)
    assert (term.preferred["ko"], term.texts("ko", "admitted"), term.texts("ko", "forbidden")) == (
        "회복력",
        ["탄력성", "복원력"],
        [],
    )
    assert term.preferred["en"] == "resilience"


def test_declined_proposal_says_why_and_changes_nothing(user):
    proposal = proposed(user)
    with pytest.raises(ProposalRefused, match="Say why"):
        decline(proposal, user=user, answer=" ")
    decline(proposal, user=user, answer="We say 탄력성.")
    assert (TermProposal.objects.get().answer, GlossaryTerm.objects.count()) == ("We say 탄력성.", 0)


def test_proposal_is_decided_once(user):
    proposal = proposed(user)
    accept(proposal, user=user)
    with pytest.raises(ProposalRefused, match="Somebody else"):
        decline(proposal, user=user, answer="No.")


def test_word_of_another_term_cannot_be_accepted(user):
    make_term({"en": "elasticity", "ko": "회복력"})
    proposal = proposed(user)
    with pytest.raises(ProposalRefused, match="already a word"):
        accept(proposal, user=user)
    assert TermProposal.objects.get().state == "open"


@pytest.mark.parametrize(
    ("source", "text", "language", "reason"),
    [
        ("…", "물", "ko", "Write the term"),
        ("water", "water", "en", "another language"),
        ("city", "도시", "ko", "says so already"),
        ("river", "강", "ko", "proposed already"),
    ],
)
def test_proposal_without_sense_is_refused(user, source, text, language, reason):
    make_term({"en": "city", "ko": "도시"})
    proposed(user, "river", "강")
    with pytest.raises(ProposalRefused, match=reason):
        proposed(user, source, text, language)


def test_each_step_is_told(user):
    heard = []
    term_proposal_changed.connect(receiver := lambda proposal, **kwargs: heard.append(proposal.state))
    accept(proposed(user), user=user)
    term_proposal_changed.disconnect(receiver)
    assert heard == ["open", "accepted"]


@pytest.fixture
def coordinator(django_user_model):
    return django_user_model.objects.create_superuser("jun", "jun@example.org", first_name="Jun")


def test_proposer_is_told_of_the_decision(user, coordinator):
    accept(proposed(user), user=coordinator)
    decline(proposed(user, "river", "강"), user=coordinator, answer="We say 하천.")
    proposed(user, "lake", "호수")
    told = [line_of(notice) for notice in notices.unread(user)]
    assert [(line.heading, line.title, line.title_tag, line.language, line.actor, line.text) for line in told] == [
        ("Your term is declined", "river → 강", "en", "한국어", "Jun", "We say 하천."),
        ("Your term is accepted", "resilience → 회복력", "en", "한국어", "Jun", ""),
    ]
    assert Notice.objects.exclude(user=user).count() == 0


def test_nobody_is_told_of_their_own_decision(coordinator):
    accept(proposed(coordinator), user=coordinator)
    proposal = proposed(coordinator, "river", "강")
    TermProposal.objects.update(proposed_by=None)
    decline(proposal, user=coordinator, answer="No.")
    assert not Notice.objects.exists()


def test_decision_that_fails_is_not_told(user, coordinator):
    make_term({"en": "elasticity", "ko": "회복력"})
    with pytest.raises(ProposalRefused):
        accept(proposed(user), user=coordinator)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("delivery", "at_once", "later"), [(None, 0, 1), ("now", 1, 0), ("none", 0, 0)])
def test_decision_is_mailed_as_its_reader_wants_it(
    user, coordinator, delivery, at_once, later, django_capture_on_commit_callbacks
):
    user.email = "mina@example.org"
    user.save()
    if delivery:
        notices.choose(user, {Kind.DECIDED: delivery})
    with django_capture_on_commit_callbacks(execute=True):
        decline(proposed(user), user=coordinator, answer="We say 탄력성.")
    assert len(mail.outbox) == at_once
    assert mails.send_waiting(timezone.now() + timedelta(days=1)) == later


@pytest.mark.parametrize("code", CODES)
def test_mail_of_a_decision_speaks_the_language_of_its_reader(user, coordinator, code):
    user.email = "mina@example.org"
    user.save()
    speaks(user, code)
    accept(proposed(user), user=coordinator, answer="<Good>")
    mails.send_waiting(timezone.now() + timedelta(days=1))
    [message] = mail.outbox
    with override(code):
        heading = gettext("Your term is accepted")
    assert (code == "en") == (heading == "Your term is accepted")
    assert heading in message.subject
    assert f"{heading}: resilience → 회복력 (한국어)" in message.body
    html = message.alternatives[0].content
    assert f'<html lang="{code}">' in html
    assert 'lang="en">resilience → 회복력</a> (<span lang="ko">한국어</span>)' in html
    assert "&lt;Good&gt;" in html


def test_notice_of_a_decision_stands_on_the_desk_and_leads_to_the_proposals(client, home, staff, coordinator):
    decline(proposed(staff["ko"]), user=coordinator, answer="We say 탄력성.")
    client.force_login(staff["ko"])
    notice = Notice.objects.get()
    address = reverse("translations_notice", args=[notice.pk])
    text = client.get(reverse("translations_desk")).content.decode()
    assert "Your term is declined:" in text
    assert f'<a href="{address}" lang="en">resilience → 회복력</a> (<span lang="ko">한국어</span>)' in text
    answer = client.get(address)
    assert answer.url == f"{reverse('glossary_proposals')}?state=declined"
    assert "We say 탄력성." in client.get(answer.url).content.decode()
    assert list(notices.unread(staff["ko"])) == []


def test_choice_how_to_be_told_is_on_the_account_page(client, staff):
    client.force_login(staff["ko"])
    text = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "A term that I proposed for the glossary is accepted or declined" in text


def test_coordinators_are_told_of_a_proposal_until_one_of_them_decides(client, staff):
    second = get_user_model().objects.create_user("second")
    second.groups.set(staff["coordinator"].groups.all())
    proposal = propose(TermProposal(source="resilience", language="ko", text="회복력"), user=staff["ko"])
    told = Notice.objects.filter(kind=Kind.PROPOSED)
    assert set(told.values_list("user__username", flat=True)) == {"coordinator", "second"}
    client.force_login(second)
    text = client.get(reverse("translations_desk")).content.decode()
    assert "Term proposed:" in text
    assert "resilience → 회복력" in text
    assert client.get(reverse("translations_notice", args=[told.get(user=second).pk])).url.endswith("?state=open")
    decline(proposal, user=second, answer="We say 탄력성.")
    assert list(notices.unread(staff["coordinator"])) == []
    assert [notice.kind for notice in notices.unread(staff["ko"])] == [Kind.DECIDED]


@pytest.mark.parametrize("about", [{}, {"page": True, "proposal": True}])
def test_notice_is_of_a_page_or_of_a_proposal(user, home, about):
    fields = {"source": home, "locale": home.locale} if "page" in about else {}
    if "proposal" in about:
        fields["proposal"] = proposed(user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(user=user, kind=Kind.DECIDED, **fields)


def rights(user, *codenames: str) -> None:
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))


def test_translator_proposes_and_cannot_decide(client, user):
    rights(user, "view_glossaryterm")
    client.force_login(user)
    address = reverse("glossary_proposals")
    filled = client.get(f"{address}?source=resilience&language=ko&text=회복력").content.decode()
    assert 'value="resilience"' in filled
    assert 'value="회복력"' in filled
    client.post(
        address, {"source_language": "en", "source": "resilience", "language": "ko", "text": "회복력", "note": ""}
    )
    proposal = TermProposal.objects.get()
    assert (proposal.proposed_by, proposal.state) == (user, "open")
    assert "decision" not in client.get(address).content.decode()
    decided = reverse("glossary_proposal_decide", args=[proposal.pk])
    assert client.post(decided, {"decision": "accept"}).status_code == 302
    assert TermProposal.objects.get().state == "open"


def test_coordinator_decides(client, user, django_assert_max_num_queries):
    rights(user, "view_glossaryterm", "add_glossaryterm", "change_glossaryterm")
    client.force_login(user)
    first, second = proposed(user), proposed(user, "river", "강")
    client.post(reverse("glossary_proposal_decide", args=[first.pk]), {"decision": "accept", "answer": "Good."})
    client.post(reverse("glossary_proposal_decide", args=[second.pk]), {"decision": "decline", "answer": "No."})
    assert [row.state for row in TermProposal.objects.order_by("pk")] == ["accepted", "declined"]
    assert "Good." in client.get(f"{reverse('glossary_proposals')}?state=accepted").content.decode()


def test_strangers_see_nothing(client, user):
    rights(user)
    client.force_login(user)
    assert client.get(reverse("glossary_proposals")).status_code == 302
