"""Those that are compared: a module each, with `pretraining`, `fine_tuning` and `inference`."""
