"""Writes of discretion, by noun: audits, imports, principles, verdicts, annotators, data sets."""
