"""Writes of the moral graph, by noun: cards, votes, transitions, graphs, withdrawal, demo."""
