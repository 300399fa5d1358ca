"""The Python side of `asServer`: says what it is, then times the work once for each line that it reads."""

import sys
import time


def serve(greeting, work):
    print(greeting, flush=True)
    for _ in sys.stdin:
        begin = time.perf_counter()
        work()
        print(time.perf_counter() - begin, flush=True)
