"""What the best possible model could reach, where the language is known."""
