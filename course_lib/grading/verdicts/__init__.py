"""One module per exercise: how its cases are drawn, the reference, and its known mistakes. NumPy only."""
