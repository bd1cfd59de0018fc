"""Pages for tests, made the way the site makes them: every field filled, through the tree, published."""
