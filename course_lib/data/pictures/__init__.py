"""Pictures that the course draws itself, whose class hangs on one detail at a known place."""
