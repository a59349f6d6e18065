"""Writes of this app, by noun: data sets, runs, checkpoints, scoring."""
