"""Reads of discretion, by noun: audits, judgements, the annotator's desk."""
