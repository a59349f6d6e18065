"""Discretion: how people and algorithms use the latitude they have when they judge responses by principles.

Comparisons come in from files, principles from a snapshot of the moral graph, verdicts from people and from
algorithms; out come the measures of alignment discretion and preference examples for training.
"""
