"""Frames to figures to pages."""
