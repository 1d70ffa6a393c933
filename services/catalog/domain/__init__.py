"""What can be decided about a description: whether it may concern an age, and how fresh its sources are."""
