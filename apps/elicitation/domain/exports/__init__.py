"""Exports: what leaves for which purpose, in which columns, and the codebook that goes with it."""
