"""Giving a translation another picture, document, page or address than its source has."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, Translation

from translations.editor.history import changes_of_value
from translations.editor.labels import Labels
from translations.editor.overrides import Override, kind_of, overrides_of, said_of, set_override
from translations.views.editor_access import answering, why_locked
from translations.writing import ValueConflict, remove_override


@require_http_methods(["GET", "POST"])
@answering
def override(request: HttpRequest, translation: Translation, page: Page, segment_id: int) -> HttpResponse:
    """Show source value and own value of one place, and take another one, or the source's again.

    What somebody else changed since the form was opened is not written over: both values are shown (409), and the same
    form, sent again, writes over what it shows now.
    """
    segment = get_object_or_404(
        OverridableSegment.objects.select_related("context"), pk=segment_id, source_id=translation.source_id
    )
    shown = _shown(translation, segment_id)
    kind = kind_of(Labels(translation.source), segment.context.path)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    error = why_locked(request, page)
    seen, drops, mine = request.POST.get("seen"), "drop" in request.POST, ""
    status = 400 if error else 200
    if request.method == "POST" and not error:
        try:
            if drops:
                remove_override(translation, segment, user=request.user, expected=seen)
            else:
                set_override(translation, segment, request.POST.get("value", ""), user=request.user, expected=seen)
        except ValueConflict as conflict:
            error, status = str(conflict), 409
            shown = _shown(translation, segment_id)
            mine, seen = "" if drops else said_of(kind, request.POST.get("value", "")), None
        except ValidationError as invalid:
            error, status = " ".join(invalid.messages) or _("This value cannot be used."), 400
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{edit}#override-{segment_id}")
    assert kind.widget is not None
    own = translation.target_locale.overrides.filter(context_id=segment.context_id).first()
    value = request.POST.get("value", own.data if own else segment.data)
    context = {
        "override": shown,
        "page": page,
        "edit_url": edit,
        "error": error,
        "seen": shown.seen if seen is None else seen,
        "conflict": status == 409,
        "drops": drops,
        "mine": mine,
        "widget": kind.widget.render("value", value, {"id": "override-value"}),
        "media": kind.widget.media,
        "changes": changes_of_value(translation, segment),
    }
    return render(request, "translations/editor/override.html", context, status=status)


def _shown(translation: Translation, segment_id: int) -> Override:
    """Return a value as it stands now. Raises Http404 where it is another page's, or cannot be changed."""
    shown = next((one for one in overrides_of(translation) if one.pk == segment_id), None)
    if shown is None or not shown.can_change:
        raise Http404
    return shown
