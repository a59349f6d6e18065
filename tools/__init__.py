"""What `make` calls: set-up, checks, backup. The standard library is enough for all of it."""
