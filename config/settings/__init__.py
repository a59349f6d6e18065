"""Settings: base holds what never changes, the others say where it runs."""
