"""Tests of the policy linter, a table a language."""
