"""What holds an answer to its place: the sandbox it enters, its limits, the system calls it may not make."""
