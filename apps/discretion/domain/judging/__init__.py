"""Algorithms that judge: what a language model is asked, how its answer is read, and what it would cost."""
