"""Everything that is kept: the tables, and the data files that the service ships."""
