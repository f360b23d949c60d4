"""Scores of classes, numbers, entities and answers, and what they mean beside chance."""
