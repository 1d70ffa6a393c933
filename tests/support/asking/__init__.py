"""Good requests by hand, one file a service."""
