"""Recurrent encoder and decoder of chapters 2 and 3."""
