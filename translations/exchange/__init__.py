"""Texts in files: PO and XLIFF, one page or many in a ZIP, out and back (decision 0048).

What goes out?                       collect -> units.Part
How is it written and read?          pofiles, xliff (xliff1 for 1.2, xliff2 for 2.x); inline for markup inside a text
What may an upload hold?             archive: sizes, ZIP; nothing is unpacked to a disk; hardened: strangers' XML
What would an import do, and why?    plan: a report for each unit, without writing anything
Who does it?                         importing: the whole upload in one transaction, or nothing
In the admin                         forms, views, actions
"""
