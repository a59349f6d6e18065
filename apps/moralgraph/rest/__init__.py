"""REST doors of the moral graph."""
