"""Near-duplicates: which cards may say the same, by which rubric it is decided, and how well that works."""
