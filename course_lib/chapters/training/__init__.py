"""How chapters train: fresh weights, vectors from counts, updates, fine-tuning, a student and a teacher."""
