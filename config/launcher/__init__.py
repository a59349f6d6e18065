"""The launcher: starts every process of an installation, watches them, and ends them all."""
