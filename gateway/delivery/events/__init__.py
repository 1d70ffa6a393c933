"""What delivery hears."""
