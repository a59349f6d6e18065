"""Writes of the ground floor, by noun: jobs, streams, studies, audit."""
