"""Runs command lines of nnU-Net in one process: python call_nnunet.py '[["ensemble", "-i", ...], ...]'.

The commands are nnU-Net's own entry points, as its scripts call them; only its worker processes are threads here, as each of
them would import PyTorch anew, in seconds. With NNUNET_FLOAT32 set, windows are added up in float32 instead of float16.
"""

import json
import multiprocessing
import multiprocessing.pool
import os
import sys
from importlib.metadata import entry_points


if os.environ.get("NNUNET_FLOAT32"):
    # The type in which windows are added up, before nnU-Net takes it as a default.
    import torch

    torch.half = torch.float16 = torch.float32


class Threads:
    Pool = staticmethod(multiprocessing.pool.ThreadPool)

    def __getattr__(self, name):
        return getattr(multiprocessing, name)


multiprocessing.get_context = lambda *_: Threads()
scripts = {script.name: script for script in entry_points(group="console_scripts")}
for name, *arguments in json.loads(sys.argv[1]):
    sys.argv = [f"nnUNetv2_{name}", *arguments]
    scripts[f"nnUNetv2_{name}"].load()()
