"""What developers run through ``make``: environment, services, checks, catalogues. The site imports none of it."""
