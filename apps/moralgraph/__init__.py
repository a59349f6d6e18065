"""The moral graph: values cards, "wiser than" votes, and the ranking that follows from them."""
