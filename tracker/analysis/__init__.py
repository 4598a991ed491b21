"""Pure functions over claims, events and places: merging, presence, whereabouts, and the questions about fleets."""
