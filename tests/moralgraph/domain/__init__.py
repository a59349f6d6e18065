"""Tests of the moral graph's domain."""
