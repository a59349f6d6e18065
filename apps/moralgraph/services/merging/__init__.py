"""Near-duplicates: finding them, having them judged, deciding on them and undoing what was decided."""
