"""What stops a start, each said in one sentence."""


class LaunchError(Exception):
    """A start that cannot go on; its text is one sentence that says what to do."""
