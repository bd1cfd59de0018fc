"""Editors judge what is found for a query: a page of the admin, and how well readers are answered by what was judged.

names      the ends of addresses by which files name pages, from the pages and back
storing    judgements -> the database, and as search.judged has them
measuring  how well the judged queries are answered now
rows       what is shown to be judged
forms, views  the page of the admin; search.viewsets has the list
"""
