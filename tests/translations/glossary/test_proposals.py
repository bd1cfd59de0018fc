"""Translators propose terms, coordinators decide, and only then the glossary changes."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.translations.glossary.terms import make_term
from translations.events import term_proposal_changed
from translations.glossary.proposals import ProposalRefused, accept, decline, propose
from translations.models import GlossaryTerm, TermProposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_user("mina")


def proposed(user, source="resilience", text="회복력", language="ko") -> TermProposal:
    return propose(TermProposal(source=source, language=language, text=text), user=user)


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
