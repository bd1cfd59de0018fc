"""How far the site is in every language: the whole at a glance, and page by page."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale, Page, get_page_content_types

from cms.languages import by_code
from cms.spreadsheets import as_cell
from translations import chart, coverage, people
from translations.desk import most_visited_first
from translations.models import PageTranslationState
from visits import counting

State = PageTranslationState.State


def overview(request: HttpRequest) -> HttpResponse:
    """Show totals, the trend, and types of page by languages."""
    locales = people.languages_of(request.user)
    if not locales:
        return permission_denied(request)
    total, lines = coverage.matrix(locales)
    trends = coverage.trend(locales)
    languages = [by_code(locale.language_code) for locale in locales]
    context = {
        "page_title": _("Coverage"),
        "header_icon": "table",
        "breadcrumbs_items": [
            {"url": reverse("translations_desk"), "label": _("Translation desk")},
            {"url": "", "label": _("Coverage")},
        ],
        "languages": languages,
        "totals": list(zip(languages, total.cells, strict=True)),
        "lines": [(line, list(zip(languages, line.cells, strict=True))) for line in lines],
        "states": [(state, State(state).label) for state in coverage.ORDER],
        "weeks": coverage.weeks(),
        "trends": trends,
        "curves": chart.curves(trends),
        "axis": [(percent, chart.y_of(percent)) for percent in (0, 50, 100)],
        "chart": chart,
    }
    return render(request, "translations/coverage/overview.html", context)


class CoverageFilterSet(WagtailFilterSet):
    """Which pages are listed."""

    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), method="filter_state")
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, method="filter_state")
    type = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Page type"),
        field_name="content_type",
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )
    section = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Section"), queryset=lambda request: _sections(), method="filter_section"
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locales = people.languages_of(self.request.user)
        choices = [(locale.language_code, by_code(locale.language_code).name) for locale in self.locales]
        self.filters["language"].extra["choices"] = choices

    def filter_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """Take language and state together: pages that are in the state in that language, or in any of the user's."""
        queryset = super().filter_queryset(queryset)
        language, state = (self.form.cleaned_data.get(name) for name in ("language", "state"))
        rows = PageTranslationState.objects.filter(source=OuterRef("pk"), locale__in=self.locales)
        if language:
            rows = rows.filter(locale__language_code=language)
        if state:
            rows = rows.filter(state=state)
        return queryset.filter(Exists(rows))

    def filter_state(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        """Leave it to ``filter_queryset``, which knows both."""
        return queryset

    def filter_section(self, queryset: QuerySet[Page], name: str, value: Page) -> QuerySet[Page]:
        """A page and what is below it."""
        return queryset.filter(path__startswith=value.path)


class StateColumn(Column):
    """How far a page is in one language."""

    cell_template_name = "translations/coverage/state_cell.html"

    def __init__(self, locale: Locale) -> None:
        language = by_code(locale.language_code)
        super().__init__(f"state_{locale.pk}", label=language.name)
        self.locale, self.language = locale, language

    def get_value(self, instance: Any) -> PageTranslationState | None:
        state: PageTranslationState | None = instance.translation_states.get(self.locale.pk)
        return state


class CoveragePagesView(ReportView):
    """Every page that can be translated, with its state in each of the user's languages."""

    model = Page
    page_title = gettext_lazy("Coverage, page by page")
    header_icon = "table"
    template_name = "translations/coverage/pages.html"
    results_template_name = "wagtailadmin/reports/wide_report_results.html"
    index_url_name = "translations_coverage_pages"
    index_results_url_name = "translations_coverage_pages_results"
    filterset_class = CoverageFilterSet
    is_searchable = True
    default_ordering = "path"
    verbose_name_plural = gettext_lazy("pages")
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.locales:
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def locales(self) -> list[Locale]:
        """The user's languages, which are the columns."""
        return people.languages_of(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        """Title, type, visits where they are counted, and a column for each language."""
        visits = [NumberColumn("visits", label=_("Visits"), sort_key="visits")] if counting.days() else []
        return [
            Column("title", label=_("Title"), accessor="get_admin_display_title", sort_key="title"),
            Column("type", label=_("Page type"), accessor="page_type_display_name"),
            *visits,
            *(StateColumn(locale) for locale in self.locales),
        ]

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        buttons.append(
            HeaderButton(_("Overview"), url=reverse("translations_coverage"), icon_name="table", priority=10)
        )
        return buttons

    @cached_property
    def breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("translations_desk"), "label": _("Translation desk")},
            {"url": reverse("translations_coverage"), "label": _("Coverage")},
        ]

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "path", "-visits"]

    def order_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """Sort by visits as the desk does, which leads here."""
        if self.ordering == "-visits":
            return queryset.order_by(*most_visited_first(""))
        ordered: QuerySet[Page] = super().order_queryset(queryset)
        return ordered

    def get_base_queryset(self) -> QuerySet[Page]:
        rows = PageTranslationState.objects.filter(source=OuterRef("pk"), locale__in=self.locales)
        pages = Page.objects.filter(Exists(rows)).prefetch_related("content_type")
        return pages.annotate(visits=counting.number_of("pk"))

    def search_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """By any part of the title, in English or translated."""
        if not self.is_searching:
            return queryset
        words = Q(title__icontains=self.search_query) | Q(draft_title__icontains=self.search_query)
        translated = Page.objects.filter(words, translation_key=OuterRef("translation_key"), locale__in=self.locales)
        return queryset.filter(words | Exists(translated))

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        pages = list(object_list)
        by_page: dict[int, dict[int, PageTranslationState]] = {page.pk: {} for page in pages}
        rows = PageTranslationState.objects.filter(source__in=list(by_page), locale__in=self.locales)
        for row in rows:
            by_page[row.source_id][row.locale_id] = row
        for page in pages:
            page.translation_states = by_page[page.pk]
        return pages

    def get_filtered_queryset(self) -> QuerySet[Page]:
        return self.search_queryset(self.filter_queryset(self.order_queryset(self.get_base_queryset())))

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(self.decorate_paginated_queryset(object_list))

    @property
    def export_filename(self) -> str:
        """The name of the spreadsheet, with the day."""
        return f"translations-{timezone.localdate():%Y-%m-%d}"

    @property
    def export_headings(self) -> dict[str, str]:
        """The first row of the spreadsheet."""
        names = {"title": _("Title"), "type": _("Page type"), "address": _("Address")}
        names |= {"visits": _("Visits")} if counting.days() else {}
        for locale in self.locales:
            name = by_code(locale.language_code).name
            names |= {f"state_{locale.pk}": name, f"percent_{locale.pk}": f"{name}, %"}
        return names

    @property
    def list_export(self) -> list[str]:
        """The columns of the spreadsheet."""
        return list(self.export_headings)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = {
            "title": as_cell(item.get_admin_display_title()),
            "type": str(item.page_type_display_name),
            "address": item.url_path,
        }
        row |= {"visits": item.visits} if counting.days() else {}
        for locale in self.locales:
            state = item.translation_states.get(locale.pk)
            row[f"state_{locale.pk}"] = str(state.get_state_display()) if state else ""
            row[f"percent_{locale.pk}"] = state.percent if state else ""
        return row


def _sections() -> QuerySet[Page]:
    """Pages right below a home page of the source language, and what is below those and has pages of its own."""
    languages = [locale.pk for locale in people.target_languages()]
    return Page.objects.filter(depth__gte=2, depth__lte=3, alias_of=None).exclude(locale__in=languages).order_by("path")
