"""Elicitation: from a study link through consent, interview, card and votes to where the value landed."""
