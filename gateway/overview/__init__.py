"""One request for a front-end's start page, gathered from the services."""
