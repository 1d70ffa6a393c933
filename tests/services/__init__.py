"""The services, room by room."""
