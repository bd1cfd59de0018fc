"""Drafts by machine, only when somebody asks for them (decision 0047).

Which engine translates which pair?   registry: MACHINE_ENGINES; opencc is on by default between the two Chinese
What is an engine?                    base: texts in, texts out, EngineError in words; opencc, remote
How is it asked?                      asking: batches, pauses, the month's budget, what was used
What becomes of what it says?         drafts: checked, marked as machine text, never over a person's
May machine text go live?             publishing: not before a person has read it, unless a coordinator allows the pair
In the admin                          views, report
"""

from translations.machine.drafts import Drafted, draft
from translations.machine.publishing import may_publish_unconfirmed, unconfirmed_segments
from translations.machine.registry import engine_for, route_for

__all__ = ["Drafted", "draft", "engine_for", "may_publish_unconfirmed", "route_for", "unconfirmed_segments"]
