"""What can be done with rights: assess, answer, forget."""
