"""The Python side of `asServer`: says what it is, then times the work once for each line that it reads.

FRACTURA_BENCH_CLOCK=processor gives the processor time of all threads instead of the wall's.
"""

import os
import sys
import time

clock = time.process_time if os.environ.get("FRACTURA_BENCH_CLOCK") == "processor" else time.perf_counter


def serve(greeting, work):
    print(greeting, flush=True)
    for _ in sys.stdin:
        begin = clock()
        work()
        print(clock() - begin, flush=True)
