"""The story of one family, told through the gateway like an outside client would tell it."""
