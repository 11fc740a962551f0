"""Pages of notices, by what they are for."""
