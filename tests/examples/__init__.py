"""The examples of `examples/`, run as anyone would run them."""
