"""What an application is and may become: values and pure functions."""
