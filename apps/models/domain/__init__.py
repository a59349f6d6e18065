"""What training is about, in plain Python: preference examples, splits, intervals, recipes."""
