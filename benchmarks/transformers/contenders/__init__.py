"""Who is measured: functions that build a training step or a search, ready to run; one module each."""
