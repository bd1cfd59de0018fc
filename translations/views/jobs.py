"""Background work in the admin: what runs, how far it is, what failed and why; stopping it and trying again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from translations import jobs
from translations.models import Job, JobItem
from translations.permissions import is_coordinator
from translations.views.scripted import asked_by_script

PER_PAGE = 30


def visible_jobs(user: Any) -> QuerySet[Job]:
    """Return the jobs that a user may see: coordinators see all, others those that they started."""
    found = Job.objects.select_related("user")
    return found if is_coordinator(user) else found.filter(user=user)


def index(request: HttpRequest) -> HttpResponse:
    """The list, newest first; the rows only for the script by which the page refreshes itself."""
    page = Paginator(visible_jobs(request.user), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "jobs": page,
        "running": any(not job.is_over for job in page),
        "page_title": _("Background work"),
        "header_icon": "history",
        "breadcrumbs_items": [{"url": "", "label": _("Background work")}],
    }
    return TemplateResponse(request, _template(request, "list"), context)


def detail(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job with its items, those that failed first."""
    job = get_object_or_404(visible_jobs(request.user), pk=job_id)
    items = JobItem.objects.filter(job=job)
    shown = Paginator(items.order_by("-state", "position"), PER_PAGE)
    if request.GET.get("state") in JobItem.State.values:
        shown = Paginator(items.filter(state=request.GET["state"]), PER_PAGE)
    context = {
        "job": job,
        "items": shown.get_page(request.GET.get("p")),
        "running": not job.is_over,
        "page_title": job.label,
        "header_icon": "history",
        "breadcrumbs_items": [
            {"url": reverse("translations_jobs"), "label": _("Background work")},
            {"url": "", "label": job.label},
        ],
    }
    return TemplateResponse(request, _template(request, "detail"), context)


@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop a job."""
    job = _own(request, job_id)
    if jobs.cancel(job):
        messages.success(request, _("Stopped. What was done stays done."))
    else:
        messages.info(request, _("This was over already."))
    return redirect("translations_job", job.pk)


@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try again what failed or was not begun."""
    job = _own(request, job_id)
    count = jobs.retry(job)
    messages.success(
        request,
        ngettext("%(count)s item is tried again.", "%(count)s items are tried again.", count) % {"count": count},
    )
    return redirect("translations_job", job.pk)


def _own(request: HttpRequest, job_id: int) -> Job:
    """Return a job that the user may stop and start: their own, and for coordinators everybody's."""
    job = get_object_or_404(Job, pk=job_id)
    if not visible_jobs(request.user).filter(pk=job.pk).exists():
        raise PermissionDenied
    return job


def _template(request: HttpRequest, name: str) -> str:
    return f"translations/jobs/{'_' if asked_by_script(request) else ''}{name}.html"
