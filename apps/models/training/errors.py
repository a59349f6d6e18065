"""Errors of a training process that a person can do something about."""


class TrainingError(Exception):
    """Training cannot go on; the message says what to do."""
