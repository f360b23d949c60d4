"""BERT: what it reads, the stack that reads it, and the sizes it was published in."""
