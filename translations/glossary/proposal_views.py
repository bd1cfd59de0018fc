"""Proposals for the glossary in the admin: a form and a list for translators, decisions for coordinators."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from translations.glossary.proposals import ProposalRefused, accept, decline, may_decide, may_propose, propose
from translations.models import TermProposal

_PER_PAGE = 50


class ProposalForm(forms.ModelForm):
    """A term and its translation. The editor fills it in by ``?source=…&language=…&text=…``."""

    class Meta:
        model = TermProposal
        fields = ["source_language", "source", "language", "text", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


def index(request: HttpRequest) -> HttpResponse:
    """List the proposals, open ones first by themselves; take a new one."""
    if not may_propose(request.user):
        return permission_denied(request)
    form = ProposalForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            propose(form.save(commit=False), user=request.user)
        except ProposalRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("Proposed. Coordinators decide on it."))
            return redirect("glossary_proposals")
    state = request.GET.get("state", TermProposal.State.OPEN)
    proposals = TermProposal.objects.select_related("proposed_by", "decided_by")
    if state in TermProposal.State.values:
        proposals = proposals.filter(state=state)
    context = {
        "form": form,
        "page": Paginator(proposals, _PER_PAGE).get_page(request.GET.get("p")),
        "state": state,
        "states": TermProposal.State.choices,
        "may_decide": may_decide(request.user),
        "breadcrumbs_items": [
            {"url": reverse("glossary:index"), "label": gettext("Glossary")},
            {"url": "", "label": gettext("Proposals")},
        ],
    }
    return render(request, "translations/glossary/proposals.html", context)


@require_POST
def decide(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Accept or decline a proposal, with a word to who made it."""
    if not may_decide(request.user):
        return permission_denied(request)
    proposal = get_object_or_404(TermProposal, pk=proposal_id)
    answer = request.POST.get("answer", "")
    try:
        if request.POST.get("decision") == "accept":
            accept(proposal, user=request.user, answer=answer)
            messages.success(request, gettext("“%(term)s” is in the glossary now.") % {"term": proposal.text})
        else:
            decline(proposal, user=request.user, answer=answer)
            messages.success(request, gettext("“%(term)s” is declined.") % {"term": proposal.text})
    except ProposalRefused as refused:
        messages.error(request, str(refused))
    return redirect("glossary_proposals")
