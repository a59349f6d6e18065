"""Discretion's formulas and file formats, in plain Python."""
