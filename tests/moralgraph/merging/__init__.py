"""Near-duplicates: found, judged, decided on, and measured."""
