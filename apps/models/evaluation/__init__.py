"""Evaluation in a process of its own, without Django; one module a suite."""
