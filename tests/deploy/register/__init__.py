"""The local population register."""
