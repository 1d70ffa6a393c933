"""The data files that the service ships."""
