"""The glossary in the admin: five languages side by side."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.languages import CODES, LANGUAGES, Language, language_choices
from translations.glossary import views
from translations.glossary.entries import Place
from translations.glossary.forms import edit_handler, field_name
from translations.glossary.matching import wording_key
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status


class GlossaryFilterSet(WagtailFilterSet):
    """Terms that a language lacks, and parts of speech."""

    missing = ChoiceFilter(
        label=_("Without a term in"), choices=language_choices, method="filter_missing", empty_label=_("any language")
    )

    class Meta:
        model = GlossaryTerm
        fields = ["part_of_speech", "do_not_translate"]

    def filter_missing(self, queryset: QuerySet[GlossaryTerm], name: str, value: str) -> QuerySet[GlossaryTerm]:
        """Leave those without a term in the language; what is not translated lacks nothing."""
        there = GlossaryWording.objects.filter(term=OuterRef("pk"), language=value, status=Status.PREFERRED)
        return queryset.filter(~Exists(there), do_not_translate=False)


class WordingColumn(Column):
    """The term in one language, marked as that language."""

    cell_template_name = "translations/glossary/wording_cell.html"

    def __init__(self, language: Language) -> None:
        super().__init__(f"wording_{language.script}", label=language.name)
        self.language = language

    def get_value(self, instance: GlossaryTerm) -> str:
        return instance.preferred.get(self.language.code, "")

    def get_cell_context_data(self, instance: GlossaryTerm, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"language": self.language}


class GlossaryIndexView(IndexView):
    """Found by any part of a word in any language."""

    any_permission_required = ["add", "change", "delete", "view"]

    def get_base_queryset(self) -> QuerySet[GlossaryTerm]:
        return super().get_base_queryset().prefetch_related("wordings")

    def search_queryset(self, queryset: QuerySet[GlossaryTerm]) -> QuerySet[GlossaryTerm]:
        if not self.is_searching:
            return queryset
        keys = {wording_key(code, self.search_query) for code in CODES} - {""}
        written = Q(text__icontains=self.search_query)
        for key in keys:
            written |= Q(key__contains=key)
        wordings = GlossaryWording.objects.filter(written, term=OuterRef("pk"))
        return queryset.filter(Exists(wordings) | Q(definition__icontains=self.search_query))

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        proposals = reverse("glossary_proposals")
        buttons.append(Button(gettext("Proposals"), url=proposals, icon_name="comment", priority=80))
        files = [(gettext("Export CSV"), "export", "download"), (gettext("Export TBX"), "export_tbx", "download")]
        if self.request.user.has_perms(["translations.add_glossaryterm", "translations.change_glossaryterm"]):
            files += [(gettext("Import CSV"), "import", "upload"), (gettext("Import TBX"), "import_tbx", "upload")]
        for priority, (label, name, icon) in enumerate(files, 90):
            buttons.append(Button(label, url=reverse(f"glossary:{name}"), icon_name=icon, priority=priority))
        return buttons


class GlossaryCreateView(CreateView):
    """A form that other pages of the admin can fill in advance: ``?language=ko&term=…``."""

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        language, term = self.request.GET.get("language"), self.request.GET.get("term")
        if language in CODES and term:
            initial[field_name(Place(language, Status.PREFERRED))] = term
        return initial


class GlossaryDeleteView(DeleteView):
    """Says by its name what was deleted: the words go with the term, and with them its name."""

    deleted = ""

    def delete_action(self) -> None:
        self.deleted = str(self.object)
        super().delete_action()

    def get_success_message(self) -> str:
        said = {"model_name": capfirst(self.model._meta.verbose_name), "object": self.deleted}
        return capfirst(self.success_message % said)


class GlossaryViewSet(ModelViewSet):
    """The menu “Glossary”: coordinators write it, translators read it."""

    model = GlossaryTerm
    name = "glossary"
    menu_label = _("Glossary")
    icon = "openquote"
    menu_order = 840
    add_to_admin_menu = True
    index_view_class = GlossaryIndexView
    add_view_class = GlossaryCreateView
    delete_view_class = GlossaryDeleteView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["definition", "part_of_speech", "do_not_translate"]
    edit_handler = edit_handler()
    filterset_class = GlossaryFilterSet
    search_fields = ["definition"]
    search_backend_name = None
    list_per_page = 50
    list_display = ["english", *(WordingColumn(language) for language in LANGUAGES[1:])]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("export/", views.export, {"file_format": views.CSV}, name="export"),
            path("import/", views.import_, {"file_format": views.CSV}, name="import"),
            path("export/tbx/", views.export, {"file_format": views.TBX}, name="export_tbx"),
            path("import/tbx/", views.import_, {"file_format": views.TBX}, name="import_tbx"),
        ]
