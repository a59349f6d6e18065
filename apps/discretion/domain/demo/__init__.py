"""The demo audit, written for this project: comparisons by context, and simulated readers to judge them."""
