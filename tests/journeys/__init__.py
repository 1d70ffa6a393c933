"""Whole stories through a whole cluster, as an outside client lives them."""
