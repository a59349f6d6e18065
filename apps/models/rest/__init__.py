"""Endpoints of this app: data sets, runs, checkpoints."""
