"""A moral graph as files that other programs read and write."""
