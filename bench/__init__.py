"""What the site costs: catalog.py says what is measured and why, run.py measures, then verifies, then reports.

make bench                 every flow
make -s bench FLOW=pages   one flow; the last line of standard output is its figures as JSON
"""
