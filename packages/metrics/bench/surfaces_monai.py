"""The peer of surfaces.bench.mjs: one request a line on stdin, one answer a line on stdout."""

import json
import sys
import time
import warnings

import monai
import numpy as np
import torch
from monai.metrics import compute_average_surface_distance, compute_hausdorff_distance, compute_surface_dice

warnings.filterwarnings("ignore")


def hd95(prediction, reference, spacing):
    return compute_hausdorff_distance(
        prediction, reference, include_background=True, percentile=95, spacing=spacing
    )


def assd(prediction, reference, spacing):
    return compute_average_surface_distance(
        prediction, reference, include_background=True, symmetric=True, spacing=spacing
    )


def nsd(prediction, reference, spacing):
    return compute_surface_dice(prediction, reference, [1.0], include_background=True, spacing=spacing)


def nsd_subvoxel(prediction, reference, spacing):
    return compute_surface_dice(
        prediction, reference, [1.0], include_background=True, spacing=spacing, use_subvoxels=True
    )


def all_three(*pair):
    return hd95(*pair) + assd(*pair) + nsd(*pair)


METRICS = {"hd95": hd95, "assd": assd, "nsd": nsd, "nsdSubvoxel": nsd_subvoxel, "hd95, assd and nsd": all_three}
masks = {}


def mask(path, shape):
    if path not in masks:
        array = np.fromfile(path, np.uint8).reshape(1, 1, *shape)
        masks[path] = torch.from_numpy(array.astype(np.float32))
    return masks[path]


print(f"MONAI {monai.__version__}", flush=True)
for line in sys.stdin:
    request = json.loads(line)
    reference, prediction = (mask(path, request["shape"]) for path in request["files"])
    start = time.perf_counter()
    value = METRICS[request["metric"]](prediction, reference, request["spacing"])
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "value": value.item()}), flush=True)
