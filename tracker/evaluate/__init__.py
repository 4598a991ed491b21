"""Extraction against annotated documents: what was found, what was missed, and floors that must hold."""
