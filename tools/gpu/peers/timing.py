"""Times a training step in PyTorch on a GPU, the loss read after each, as the stages `time-*` do; records as record.mjs does."""

import contextlib
import json
import os
import statistics
import time

import torch

MODES = ("float32", "tf32", "bfloat16")
device = "cuda" if torch.cuda.is_available() else "cpu"


def record(what, value):
    print(f"{what}: {value}", flush=True)
    file = os.environ.get("FRACTURA_GPU_ROWS")
    if file is not None:
        with open(file, "a", encoding="utf8") as rows:
            rows.write(json.dumps({"what": what, "value": value}) + "\n")


def time_modes(name, make_step, repeats):
    """`make_step(autocast)` gives a function that does one step and returns its loss; float32 is without TF32, the others channels last."""
    torch.backends.cudnn.benchmark = True
    name_of_device = torch.cuda.get_device_name() if device == "cuda" else "processor"
    for mode in MODES:
        torch.backends.cuda.matmul.allow_tf32 = mode != "float32"
        torch.backends.cudnn.allow_tf32 = mode != "float32"
        torch.manual_seed(0)
        autocast = torch.autocast(device, torch.bfloat16) if mode == "bfloat16" else contextlib.nullcontext()
        step = make_step(autocast)
        for _ in range(3):
            step()
        seconds = []
        for _ in range(repeats):
            begin = time.perf_counter()
            step()
            seconds.append(time.perf_counter() - begin)
        record(
            f"step of {name}, PyTorch {torch.__version__} {mode}, channels last",
            f"{statistics.median(seconds):.4f} s, median of {repeats}, {name_of_device}",
        )
