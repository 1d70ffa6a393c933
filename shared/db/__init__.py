"""The only way to the database: transactions, shared tables, paging."""
