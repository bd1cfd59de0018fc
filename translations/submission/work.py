"""Submitting page by page and language by language: at once for one page, as a job for many."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.components import TranslationComponentManager
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from translations import bundles, jobs, states, wishes
from translations.events import page_submitted
from translations.models import BundleItem, Job, JobItem
from translations.submission.drafts import make_draft
from translations.submission.rules import translatable, why_not_submit, why_not_under
from translations.submission.sources import Source, source_of
from translations.upstream.aliases import retire_alias

KIND = "submit"


class SubmissionRefused(jobs.ItemFailed):
    """A page cannot be submitted into a language; the message says why, in the user's language."""


def submit_pages(
    pages: Iterable[Page],
    locales: Iterable[Locale],
    *,
    user: Any,
    below: bool,
    label: str,
    requested: bool = False,
    components: Mapping[str, list[str]] | None = None,
) -> Job:
    """Have the worker submit pages, and those below them if ``below``, into languages; return the job.

    Rights are asked for at each page's turn, since hours may pass: to submit, or, if they are ``requested``, to request
    the page, whatever its languages. ``components`` is what was filled in on the form for wagtail-localize's
    translation components, such as whom to ask; they are saved when the pages are there.
    """
    arguments = {
        "pages": [page.pk for page in pages],
        "locales": [locale.pk for locale in locales],
        "below": below,
        "requested": requested,
        "components": dict(components or {}),
    }
    return jobs.enqueue(KIND, arguments, user=user, label=label)


def submit_now(page: Page, locales: Iterable[Locale], *, user: Any, requested: bool = False) -> list[Translation]:
    """Submit one page into languages, all or none; return the translations. Raises SubmissionRefused.

    If it is ``requested``, by the right to request the page.
    """
    desk = Desk(user, requested=requested)
    with transaction.atomic():
        return [desk.submit(page.pk, locale.pk) for locale in locales]


@jobs.handler(KIND)
def submit_job(job: Job) -> None:
    """Do a job of submitting: a page in a language is an item."""
    jobs.plan(job, lambda: planned(job.arguments))
    desks: dict[int, Desk] = {}

    def submit(item: JobItem) -> None:
        if "page" not in item.arguments:
            save_components(job)
            return
        key = item.arguments["page"]
        if key not in desks:
            # What was read of a page, and of the user's rights, serves its languages and no other page.
            desks.clear()
            desks[key] = Desk(_user(job), requested=job.arguments.get("requested", False))
        try:
            desks[key].submit(key, item.arguments["locale"])
        except BaseException:
            # It may hold what was undone with the item.
            desks.clear()
            raise

    # A worker that dies leaves states to be computed; whoever follows computes those of all the job's pages.
    states.refresh_later(
        {item.arguments["page"] for item in job.items.filter(state=JobItem.State.DONE, arguments__has_key="page")}
    )
    with states.postponed():
        jobs.each(job, submit)


def planned(arguments: Mapping[str, Any]) -> Iterator[jobs.Item]:
    """Return a job's items: upper pages first, each with its languages. A constant number of queries."""
    chosen = Page.objects.filter(pk__in=arguments["pages"])
    found = chosen.none()
    for page in chosen:
        found |= Page.objects.descendant_of(page, inclusive=True) if arguments["below"] else chosen.filter(pk=page.pk)
    pages = list(found.filter(translatable(), alias_of__isnull=True).order_by("path").distinct())
    locales = list(Locale.objects.filter(pk__in=arguments["locales"]).order_by("pk"))
    have = set(
        Page.objects.filter(
            translation_key__in=[page.translation_key for page in pages], alias_of__isnull=True
        ).values_list("translation_key", "locale_id")
    )
    for page in pages:
        for locale in locales:
            if (page.translation_key, locale.pk) not in have:
                yield jobs.Item(
                    f"{page.title[:200]} → {locale.get_display_name()}", {"page": page.pk, "locale": locale.pk}
                )
    if arguments.get("components"):
        yield jobs.Item(_("Requests to translators"))


def save_components(job: Job) -> None:
    """Save wagtail-localize's translation components, as its own form does, for the pages that were submitted."""
    done = job.items.filter(state=JobItem.State.DONE, arguments__has_key="page").values_list("arguments", flat=True)
    wanted = {(row["page"], row["locale"]) for row in done}
    # Sources of one language each: their keys are not unique in the table, but here.
    pages = {page.translation_key: page for page in Page.objects.filter(pk__in={page for page, _to in wanted})}
    made: dict[TranslationSource, list[Translation]] = {}
    for translation in Translation.objects.filter(source__object_id__in=pages).select_related("source"):
        page = pages[translation.source.object_id]
        if translation.source.locale_id == page.locale_id and (page.pk, translation.target_locale_id) in wanted:
            made.setdefault(translation.source, []).append(translation)
    form = QueryDict(mutable=True)
    for name, values in job.arguments["components"].items():
        form.setlist(name, values)
    request = HttpRequest()
    request.method, request.POST, request.user = "POST", cast("Any", form), _user(job)
    components = TranslationComponentManager.from_request(request)
    if not components.is_valid():
        raise jobs.ItemFailed(" ".join(str(form.errors) for _row, _instance, form in components if form.errors))
    components.save(None, sources_and_translations=made)
    wishes.request_submitted(components, made, request.user)


class Desk:
    """Submits one page after another for a user, and remembers the last page between its languages."""

    def __init__(self, user: Any, *, requested: bool) -> None:
        self.user, self.requested = user, requested
        self.page: Page | None = None
        self.above: Page | None = None
        self.source: Source | None = None
        # Ids of the bundles that the page waits in.
        self.waiting_in: list[int] = []
        self.locales: dict[int, Locale] = Locale.objects.in_bulk()

    def submit(self, page_id: int, locale_id: int) -> Translation:
        """Submit a page into a language: its texts, the Translation, and the draft. Raises SubmissionRefused.

        To be called in a transaction.
        """
        page = self._page(page_id)
        locale = self.locales.get(locale_id)
        if locale is None:
            raise SubmissionRefused(_("This language was removed."))
        existing = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
        if existing and not existing.alias_of_id:
            raise SubmissionRefused(_("It is translated into this language already."))
        parent = self._parent(locale)
        source = self._source(page, locale)
        translation = _translation(source.record, locale)
        try:
            if existing:
                # An alias that came about by copying becomes the translation, in the place where it is.
                retire_alias(page, locale, self.user)
                translation.save_target(user=self.user, publish=False)
                draft = existing
            else:
                draft = make_draft(source, parent, locale, user=self.user)
        except ValidationError as error:
            raise SubmissionRefused(" ".join(error.messages)) from error
        # It says what readers may not see before its source: it waits with that.
        bundles.add_page(self.waiting_in, draft)
        page_submitted.send(sender=Translation, translation=translation, source=page, user=self.user)
        return translation

    def _page(self, page_id: int) -> Page:
        if self.page is None or self.page.pk != page_id:
            try:
                row = Page.objects.get(pk=page_id)
            except Page.DoesNotExist as error:
                raise SubmissionRefused(_("This page was deleted.")) from error
            # Of a page that waits in a bundle the newest draft; its row has the first one (P6).
            page = row.specific if row.live else row.get_latest_revision_as_object()
            page.locale = self.locales[row.locale_id]
            reason = why_not_submit(page, self.user, requested=self.requested)
            if reason:
                raise SubmissionRefused(reason)
            self.page, self.above, self.source = page, page.get_parent(), None
            self.waiting_in = list(BundleItem.objects.waiting().filter(page=row).values_list("bundle_id", flat=True))
        return self.page

    def _parent(self, locale: Locale) -> Page:
        above = self.above
        if above is None:
            raise SubmissionRefused(_("This page cannot be translated."))
        parent = above
        if not above.is_root():
            parent = above.get_translations().filter(locale=locale, alias_of__isnull=True).first()
        reason = why_not_under(above, parent, self.user, requested=self.requested)
        if reason:
            raise SubmissionRefused(reason)
        return parent

    def _source(self, page: Page, locale: Locale) -> Source:
        """The page's texts; and first the things that it refers to, such as snippets, in the language too."""
        source = self.source or source_of(page, self.above)
        self.source = source
        for instance in source.related:
            creator = TranslationCreator(self.user, [locale])
            creator.create_translations(instance, include_related_objects=False)
        return source


def _translation(record: TranslationSource, locale: Locale) -> Translation:
    translation = Translation.objects.filter(source=record, target_locale=locale).first()
    if translation is None:
        return Translation.objects.create(source=record, target_locale=locale)
    if not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    return translation


def _user(job: Job) -> Any:
    """The job's user with the rights of now. Raises SubmissionRefused where there is none any more."""
    user = get_user_model().objects.filter(pk=job.user_id or 0, is_active=True).first()
    if user is None:
        raise SubmissionRefused(_("Whoever started this has no account any more."))
    return user
