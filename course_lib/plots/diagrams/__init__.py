"""Shapes and parts of a model, drawn."""
