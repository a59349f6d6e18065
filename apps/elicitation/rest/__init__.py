"""What staff see and change of a study's elicitation."""
