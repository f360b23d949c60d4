"""The subcommands of `course` for learners, one module each."""
