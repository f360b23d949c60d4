"""Models that look at pictures: all at once, at patches as words, or closer and closer."""
