"""Tests of the moral graph."""
