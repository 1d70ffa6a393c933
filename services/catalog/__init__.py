"""Catalog: one overview of every service, benefit, right, aid and scheme for the group, for families and for helpers.

Owns: the descriptions (texts, sources, confidence, dates), the authorities and the acts, all as data files; it has no database and no
events. The rights' own rules are the rights service's: its files are carried here as a generated copy, byte for byte.
Everything is public, in Bokmål, Nynorsk and English as far as a text exists; what is uncertain is shown as uncertain.
"""
