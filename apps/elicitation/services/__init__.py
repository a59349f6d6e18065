"""Writes of elicitation, by noun: participants, consents, interviews, replies, cards, offers, withdrawals."""
