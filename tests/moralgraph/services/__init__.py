"""Tests of the moral graph's services."""
