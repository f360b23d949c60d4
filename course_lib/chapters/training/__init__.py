"""How chapters train: fine-tuning, an update written out, fresh weights, a student beside its teacher."""
