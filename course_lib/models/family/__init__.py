"""BERT's children: each differs from it in one decision, or in a few."""
