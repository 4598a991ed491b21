"""Pure functions over claims, events and places: merging, presence, whereabouts."""
