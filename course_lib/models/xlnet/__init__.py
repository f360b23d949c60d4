"""XLNet: two streams, relative positions, and a memory of what was read before."""
