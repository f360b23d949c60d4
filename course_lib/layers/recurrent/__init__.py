"""Recurrent encoders and decoders: those of chapters 2 and 3, and the deep ones of chapter 8."""
