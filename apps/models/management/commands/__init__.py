"""Commands of the moral graph."""
