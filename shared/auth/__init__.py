"""Who is calling: internal tokens, principals and the check that a token covers a subject."""
