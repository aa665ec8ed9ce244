"""What an operator does beside serving: set up, look over, back up, bring back."""
