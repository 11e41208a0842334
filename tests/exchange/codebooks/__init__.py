"""Holds the exports in the shape of other codebooks."""
