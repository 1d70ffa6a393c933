"""What is killed, cut off and filled up, and the history checker that says what became of every acknowledged effect."""
