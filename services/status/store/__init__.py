"""Tables, statements and data files."""
