"""Layers that look at pictures: patches, positions on a grid, proposals where to look, and closer looks."""
