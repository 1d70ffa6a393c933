"""Its api."""
