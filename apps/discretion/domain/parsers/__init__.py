"""File formats of comparisons and verdicts, read as a stream: one row in memory at a time."""
