"""Tests of the moral graph's rest."""
