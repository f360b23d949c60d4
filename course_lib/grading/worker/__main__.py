"""Started as `python -m course_lib.grading.worker`. It imports Keras once and then serves jobs:

- `--fork SOCKET` (Linux, macOS): a zygote that runs no operation of the backend and reads no job. The byte
  `j` comes with three descriptors, for the job, its results and what the answer prints, and starts a fork
  with its own limits; a fourth names a sandbox that the fork enters before it reads the job. The byte `k`
  ends the job that runs. What a job leaves running ends with it: its sandbox or, where the zygote itself is
  inside, all processes of the job's group or of the zygote's user.
- without it (Windows): jobs run one after the other in this process; results go to its standard output.
"""

import argparse
import os
import socket

from course_lib.grading.worker.serving import offer_memory, serve_forks, serve_here, shield


def main():
    """Imports the backend and serves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fork", type=int, metavar="SOCKET")
    parser.add_argument("--owns-its-user", action="store_true")
    arguments = parser.parse_args()
    import keras  # noqa: F401

    if arguments.fork is None:
        if os.name == "nt":
            import msvcrt

            msvcrt.setmode(0, os.O_BINARY)
            msvcrt.setmode(1, os.O_BINARY)
        serve_here()
    else:
        if arguments.owns_its_user:
            offer_memory()
            shield()
        serve_forks(socket.socket(fileno=arguments.fork), arguments.owns_its_user)


if __name__ == "__main__":
    main()
