"""Counts: how many vessels a text says are in an area, stage by stage."""
