"""Business-free building blocks: what every service needs and none owns."""
