"""A real PostgreSQL and a real Elasticsearch for development and tests.

Where a Docker engine answers     compose.py, with compose.yml beside it
Else PostgreSQL                   postgres.py: Debian's programs on a private cluster
Else Elasticsearch                java.py builds tools/elasticsearch with Maven, elasticsearch.py starts the node
What runs, and who needs it       register.py: a file and two locks in .services/
The commands                      __main__.py: start, stop, run

Standard library only: this runs before there is a Python environment.
"""
