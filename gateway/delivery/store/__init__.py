"""The tables of delivery, and the organisations' file."""
