"""The decisions: which rights a person may have, why, and what is missing."""
