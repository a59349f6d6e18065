"""What a model is told before it writes stories."""
