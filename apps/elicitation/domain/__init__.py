"""The interview in plain Python: steps, questions, drafting, prompts; no Django here."""
