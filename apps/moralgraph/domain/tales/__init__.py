"""Stories of a transition: what a model is asked for, and what could tell whose story one is."""
