"""Versioned prompt files; a changed prompt is a new file."""
