"""What delivery does: note, tell, forget."""
