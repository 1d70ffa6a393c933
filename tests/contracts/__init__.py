"""The stored contracts and what is generated from them."""
