"""The toy language: grammar, parser, and sentence pairs with their alignment."""
