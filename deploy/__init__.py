"""How Sømløs is run: on one machine (`local`), in containers, and what PostgreSQL and Kafka are told."""
