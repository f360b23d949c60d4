"""Marks for a class: submissions in, records and reports out."""
