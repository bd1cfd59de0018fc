"""Reports of the search log, for editors: what was sought, what was not found, what was slow, what nobody opened."""
