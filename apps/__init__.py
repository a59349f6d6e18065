"""The four rooms of Touchstone and their ground floor."""
