"""Text to claims: a pure function in stages, each a file."""
