"""What a pre-trained reader is asked: one model per kind of question, each on a backbone."""
