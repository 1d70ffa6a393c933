"""The one-machine cluster behind `make up`: everything real, everything from packages, nothing left behind."""
