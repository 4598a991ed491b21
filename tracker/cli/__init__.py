"""Typer commands: parse, one call, show."""
