"""Exports: asked for, written by the worker, fetched, removed, and out of date once somebody withdraws."""
