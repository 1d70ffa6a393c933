"""What anyone can ask of the catalog."""
