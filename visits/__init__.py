"""How often pages are read, without anything about who reads them (decision 0012).

recording.py   a page was seen: told by its script, into the process's memory, no SQL
buffer.py      from there into the database, in bulk, by a thread
counting.py    numbers for whoever lists pages; forgetting
report.py      the most visited pages, for editors
"""
