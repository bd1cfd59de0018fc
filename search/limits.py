"""How often one visitor's network may ask the search."""

from cms.rate_limit import Limit

# A hundred people in a hall, or a city's offices behind one address, stay below: three questions of each in a minute.
SEARCHES = Limit("searches", 300, 60)
# One for each key pressed; two dozen of them type at the same moment.
SUGGESTIONS = Limit("suggestions", 600, 20)
CLICKS = Limit("clicks", 300, 60)
