"""Language models: engines to talk to them, data sets, runs, checkpoints and evaluation."""
