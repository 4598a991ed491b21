"""Rows to files and terminals, one format a file."""
