"""Can I eat this? A phrase, the food table and a hospital's sheet in; a verdict with its reasons out."""
