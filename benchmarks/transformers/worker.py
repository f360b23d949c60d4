"""A process that holds one contender, warm, and works when it is its turn.

It is started with a JSON object: "module", one of `contenders` or a full name; "task", a function of it;
"size" and the "size_module" that says what a size is; "options". It answers with a line about itself, and
then, to every line with a number, with what that many turns took. It ends with its input.
"""

import json
import os
import sys
import time


def worked(run, times):
    """Runs something several times.

    Returns:
        A dict: seconds of the wall clock, processor seconds of all threads, and the tokens that were real.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    tokens = sum(run() or 0 for _ in range(times))
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "tokens": tokens}


def main():
    order = json.loads(sys.argv[1])
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    import importlib

    sizes = importlib.import_module(order["size_module"])
    module = order["module"]
    if "." not in module:
        module = f"{order['size_module'].rpartition('.')[0]}.contenders.{module}"
    began = time.perf_counter()
    contender = importlib.import_module(module)
    imported = time.perf_counter() - began
    began, cpu = time.perf_counter(), time.process_time()
    work = getattr(contender, order["task"])(sizes.Size(**order["size"]), **order["options"])
    built = time.perf_counter() - began
    work["run"]()
    first = {"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    about = {"import_seconds": imported, "build_seconds": built, "first": first}
    about |= {name: value for name, value in work.items() if name != "run"}
    print(json.dumps(about), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(worked(work["run"], int(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
