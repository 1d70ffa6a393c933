"""Cases and deadlines: values and pure functions."""
