"""The local issuers: what they give, and what they refuse."""
