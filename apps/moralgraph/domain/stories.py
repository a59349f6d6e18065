"""A neutral story for a transition that nobody has written a story for."""


def neutral(*, context: str, less_wise: str, wiser: str) -> str:
    """Return a story that says only that a person's attention changed, the same words for both directions.

    It gives no reason and no outcome: those would speak for one side.
    """
    moment = context[:1].lower() + context[1:] if context else "at such a time"
    return (
        f"Imagine a person. For a long time, {moment}, this person went by “{less_wise}”. "
        f"Then something changed. Now, {moment}, the same person goes by “{wiser}” instead."
    )
