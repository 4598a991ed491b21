"""Mention to identity across documents."""
