"""Runs command lines of nnU-Net in one process: python call_nnunet.py '[["ensemble", "-i", ...], ...]'.

The commands are nnU-Net's own entry points, as its scripts call them; only its worker processes are threads here, as each of
them would import PyTorch anew, in seconds.
"""

import json
import multiprocessing
import multiprocessing.pool
import sys
from importlib.metadata import entry_points


class Threads:
    Pool = staticmethod(multiprocessing.pool.ThreadPool)

    def __getattr__(self, name):
        return getattr(multiprocessing, name)


multiprocessing.get_context = lambda *_: Threads()
scripts = {script.name: script for script in entry_points(group="console_scripts")}
for name, *arguments in json.loads(sys.argv[1]):
    sys.argv = [f"nnUNetv2_{name}", *arguments]
    scripts[f"nnUNetv2_{name}"].load()()
