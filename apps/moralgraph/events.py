"""What the moral graph tells those who watch it."""

from apps.shared.events import Event


class GraphChanged(Event):
    """Votes came or went, or a value did; whoever shows the graph should read it again."""

    kind = "graph.changed"

    votes: int
    participants: int
