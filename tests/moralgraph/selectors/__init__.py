"""Tests of the moral graph's selectors."""
