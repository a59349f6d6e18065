"""Plain Python: cards, votes, edges, rankings and figures."""
