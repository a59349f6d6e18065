"""Tests of what this app reads."""
