"""Matrices as images: attention weights, heads, masks."""
