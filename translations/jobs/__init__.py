"""Work that outlasts a request, done by ``manage.py work_translations`` (decision 0045).

    registry.py     which kinds of jobs and which periodic duties there are
    queue.py        enqueue, claim, cancel, retry: the only writers of a job's state
    work.py         one job, item by item; one round of what waits and of what is due

    @jobs.handler("submit")
    def submit(job):
        jobs.plan(job, lambda: [jobs.Item(page.title, {"page": page.pk}) for page in …])
        jobs.each(job, translate_one)

    jobs.enqueue("submit", {"page": 7}, user=request.user, label="Water")

An item is done in a transaction of its own, once: a worker that was thought dead and comes back finds its job taken,
and what it did for the item under way is undone.
"""

from translations.jobs.queue import cancel, enqueue, retry, waiting
from translations.jobs.registry import handler, periodic
from translations.jobs.work import Item, ItemFailed, each, plan, run_due, run_next

__all__ = [
    "Item",
    "ItemFailed",
    "cancel",
    "each",
    "enqueue",
    "handler",
    "periodic",
    "plan",
    "retry",
    "run_due",
    "run_next",
    "waiting",
]
