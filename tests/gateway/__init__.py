"""The gateway, from outside (real sockets) and by its parts."""
