"""Curves, bars, points and surfaces."""
