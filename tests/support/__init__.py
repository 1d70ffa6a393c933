"""What tests stand on: servers, clock, callers, builders, waiting."""
