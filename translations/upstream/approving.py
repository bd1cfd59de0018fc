"""What Wagtail does with a page that a workflow approved (the setting ``WAGTAIL_FINISH_WORKFLOW_ACTION``).

Wagtail imports this while it defines its models, so nothing that needs them is imported here.
"""

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Publish it, by the rules for translations if it is one (``publishing.publish_approved``)."""
    from translations.upstream.publishing import publish_approved  # noqa: PLC0415 -- there are no models yet above

    publish_approved(workflow_state, user)
