"""Tasks of this app."""
