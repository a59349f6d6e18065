"""What people may write to make an interviewer do something else, and proof that it does nothing else."""
