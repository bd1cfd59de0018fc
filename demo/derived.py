"""What Wagtail derives from a page each time it is saved; a load, which saves a page often, derives it once."""

import contextlib
from collections.abc import Iterator

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models, insert_or_update_object
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextlib.contextmanager
def derived_later() -> Iterator[None]:
    """Within the block, saving updates neither the index of references nor the admin's search."""
    senders = [model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, sender=model)]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in senders:
            post_save.connect(post_save_signal_handler, sender=model)


def brought_up_to_date(page: Page) -> None:
    """Update both for the page and its translations."""
    for written in page.get_translations(inclusive=True).specific():
        ReferenceIndex.create_or_update_for_object(written)
        insert_or_update_object(written)
