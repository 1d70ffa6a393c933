"""What it hears, one producer a file."""
