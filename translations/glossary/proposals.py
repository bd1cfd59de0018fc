"""What translators propose for the glossary, and what coordinators make of it. The only writer of TermProposal."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from translations.events import term_proposal_changed
from translations.glossary.entries import Entry, Place, problems, save_wordings
from translations.glossary.matching import wording_key
from translations.models import GlossaryTerm, GlossaryWording, TermProposal

Status = GlossaryWording.Status
State = TermProposal.State


class ProposalRefused(ValueError):  # noqa: N818 -- said to a person
    """A proposal cannot be made or accepted; the message says why, in the user's language."""


def may_propose(user: Any) -> bool:
    """Whether the user may propose terms: whoever may read the glossary."""
    return bool(user.is_active and user.has_perm("translations.view_glossaryterm"))


def may_decide(user: Any) -> bool:
    """Whether the user may accept and decline: whoever may write the glossary."""
    return bool(
        user.is_active and user.has_perms(["translations.add_glossaryterm", "translations.change_glossaryterm"])
    )


@transaction.atomic
def propose(proposal: TermProposal, *, user: Any) -> TermProposal:
    """Keep a new proposal by the user, and have coordinators told (``term_proposal_changed``). Checks no permission.

    Raises ProposalRefused where the glossary says so already, or the same proposal is open.
    """
    if not wording_key(proposal.source_language, proposal.source) or not wording_key(proposal.language, proposal.text):
        raise ProposalRefused(_("Write the term and its translation."))
    if proposal.source_language == proposal.language:
        raise ProposalRefused(_("The translation has to be in another language."))
    term = _term_of(proposal)
    if term and term.preferred.get(proposal.language) == proposal.text:
        raise ProposalRefused(_("The glossary says so already."))
    same = {"source_language": proposal.source_language, "source": proposal.source, "language": proposal.language}
    if TermProposal.objects.filter(**same, text=proposal.text, state=State.OPEN).exists():
        raise ProposalRefused(_("The same is proposed already."))
    proposal.proposed_by = user
    proposal.save()
    term_proposal_changed.send(sender=TermProposal, proposal=proposal, user=user)
    return proposal


@transaction.atomic
def accept(proposal: TermProposal, *, user: Any, answer: str = "") -> GlossaryTerm:
    """Put a proposal into the glossary and return its term; who proposed it is told by ``term_proposal_changed``.

    A concept that the glossary has gets the word as its term, and what was the term stays as “also used”. Raises
    ProposalRefused where another term has the word, or the proposal was decided already.
    """
    proposal = _open(proposal)
    term = _term_of(proposal)
    entry = _entry(proposal, term)
    found = problems(entry, term)
    if found:
        raise ProposalRefused(" ".join(problem.message for problem in found))
    term = term or GlossaryTerm.objects.create()
    save_wordings(term, entry)
    _decide(proposal, State.ACCEPTED, user, answer, term)
    return term


@transaction.atomic
def decline(proposal: TermProposal, *, user: Any, answer: str) -> None:
    """Decline a proposal with a reason. Raises ProposalRefused without one, and where it was decided already."""
    if not answer.strip():
        raise ProposalRefused(_("Say why it is declined."))
    _decide(_open(proposal), State.DECLINED, user, answer, None)


def _open(proposal: TermProposal) -> TermProposal:
    """Return the proposal as it stands now, kept from others until the end of the transaction."""
    current = TermProposal.objects.select_for_update().get(pk=proposal.pk)
    if current.state != State.OPEN:
        raise ProposalRefused(_("Somebody else has decided on this proposal."))
    return current


def _decide(proposal: TermProposal, state: str, user: Any, answer: str, term: GlossaryTerm | None) -> None:
    proposal.state, proposal.decided_by, proposal.answer, proposal.term = state, user, answer.strip(), term
    proposal.decided_at = timezone.now()
    proposal.save()
    term_proposal_changed.send(sender=TermProposal, proposal=proposal, user=user)


def _term_of(proposal: TermProposal) -> GlossaryTerm | None:
    """Return the concept that the proposal's source is a word for, unless it is one to be avoided."""
    return (
        GlossaryTerm.objects.filter(
            wordings__in=GlossaryWording.objects.filter(
                language=proposal.source_language,
                key=wording_key(proposal.source_language, proposal.source),
            ).exclude(status=Status.FORBIDDEN)
        )
        .prefetch_related("wordings")
        .first()
    )


def _entry(proposal: TermProposal, term: GlossaryTerm | None) -> Entry:
    text, language = proposal.text, proposal.language
    if term is None:
        source = Place(proposal.source_language, Status.PREFERRED)
        return Entry({source: (proposal.source,), Place(language, Status.PREFERRED): (text,)})
    key = wording_key(language, text)
    others = [*term.texts(language, Status.PREFERRED), *term.texts(language, Status.ADMITTED)]
    forbidden = [other for other in term.texts(language, Status.FORBIDDEN) if wording_key(language, other) != key]
    return Entry(
        {
            Place(language, Status.PREFERRED): (text,),
            Place(language, Status.ADMITTED): tuple(other for other in others if wording_key(language, other) != key),
            Place(language, Status.FORBIDDEN): tuple(forbidden),
        }
    )
