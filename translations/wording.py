"""A notice in words, in the language that is active."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.languages import DEFAULT, by_code
from translations.models import Bundle, Kind, Notice, TermProposal

_HEADINGS = {
    Kind.ASSIGNED: _("Assigned to you"),
    Kind.DUE: _("Due soon"),
    Kind.CHANGED: _("The source was changed"),
    Kind.RETURNED: _("Returned"),
    Kind.ACCEPTED: _("Accepted"),
    Kind.CANCELLED: _("No longer yours"),
    Kind.REQUESTED: _("Translation wanted"),
    Kind.REVIEW: _("Waits for review"),
    Kind.FINISHED: _("Published"),
    Kind.COMMENT: _("Comment"),
    Kind.PROPOSED: _("Term proposed"),
    Kind.BUNDLE: _("Not published"),
}
_OVERDUE = _("Overdue")
_DECISIONS = {
    TermProposal.State.ACCEPTED: _("Your term is accepted"),
    TermProposal.State.DECLINED: _("Your term is declined"),
}


@dataclass(frozen=True)
class Line:
    """One notice as a person reads it. ``path`` is the address in the admin that it leads to.

    ``title`` is in the language ``title_tag``; ``language``, whose tag is ``tag``, is the one that is translated into.
    They are empty where they are not known, or there is none.
    """

    heading: str
    title: str
    title_tag: str
    language: str
    tag: str
    actor: str
    text: str
    due: date | None
    path: str

    @property
    def url(self) -> str:
        """The whole address, for mails."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.path}"


def line_of(notice: Notice) -> Line:
    """Say a notice. Its source, locale, proposal, bundle, actor and task should be loaded with it."""
    if notice.bundle is not None:
        return _line_of_bundle(notice, notice.bundle)
    if notice.source is None or notice.locale is None:
        return _line_of_proposal(notice, notice.proposal)
    language = by_code(notice.locale.language_code)
    due = notice.task.due if notice.task else None
    late = notice.kind == Kind.DUE and due is not None and due < timezone.localdate()
    return Line(
        heading=str(_OVERDUE if late else _HEADINGS[Kind(notice.kind)]),
        title=notice.source.get_admin_display_title(),
        title_tag=DEFAULT.tag,
        language=language.name,
        tag=language.tag,
        actor=str(notice.actor or ""),
        text=notice.text,
        due=due if notice.kind in (Kind.ASSIGNED, Kind.DUE, Kind.REQUESTED) else None,
        path=reverse("translations_notice", args=[notice.pk]),
    )


def _line_of_bundle(notice: Notice, bundle: Bundle) -> Line:
    return Line(
        heading=str(_HEADINGS[Kind.BUNDLE]),
        title=bundle.name,
        title_tag="",
        language="",
        tag="",
        actor="",
        text=notice.text,
        due=None,
        path=reverse("translations_notice", args=[notice.pk]),
    )


def _line_of_proposal(notice: Notice, proposal: Any) -> Line:
    language = by_code(proposal.language)
    proposed = notice.kind == Kind.PROPOSED
    return Line(
        heading=str(_HEADINGS[Kind.PROPOSED] if proposed else _DECISIONS[TermProposal.State(proposal.state)]),
        title=f"{proposal.source} → {proposal.text}",
        title_tag=by_code(proposal.source_language).tag,
        language=language.name,
        tag=language.tag,
        actor=str(notice.actor or ""),
        text=notice.text,
        due=None,
        path=reverse("translations_notice", args=[notice.pk]),
    )
