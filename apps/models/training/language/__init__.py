"""Training of language models with the library's stable trainers, and with subclasses of them."""
