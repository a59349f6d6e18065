"""Language models behind one interface: scripted, and any OpenAI-compatible server."""
