"""What differs between two folders that should hold the same results: one line for each file that does.

    python compare_folders.py THEIRS OURS [PROBABILITY_TOLERANCE] [VOXELS_PER_CASE]

Files of one folder that the other lacks are named too. JSON and text are compared byte for byte, images by voxels, type and
geometry, pickles by what they hold, probabilities within the tolerance (default 0), labels but for so many voxels (default 0).
"""

import json
import os
import pickle
import sys

import nibabel
import numpy as np
from PIL import Image

theirs, ours = sys.argv[1:3]
tolerance = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
voxels = int(sys.argv[4]) if len(sys.argv) > 4 else 0


def files(folder):
    return {os.path.relpath(os.path.join(place, name), folder) for place, _, names in os.walk(folder) for name in names}


def plain(value):
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, *map(plain, value)]
    return getattr(value, "__name__", value)


def close(a, b):
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(close(a[key], b[key]) for key in a)
    if isinstance(a, float) and isinstance(b, (int, float)):
        return bool(np.isclose(a, b, rtol=1e-6, atol=1e-6))
    return a == b


def voxelwise(a, b):
    if a.shape != b.shape or a.dtype != b.dtype:
        return f"{a.dtype} {a.shape} and {b.dtype} {b.shape}"
    count = int((a != b).sum())
    return f"{count} of {a.size} voxels" if count > voxels else None


def difference(name):
    a, b = os.path.join(theirs, name), os.path.join(ours, name)
    if name.endswith((".nii", ".nii.gz")):
        first, second = nibabel.load(a), nibabel.load(b)
        for key, tol in (("pixdim", 1e-5), ("qoffset_x", 1e-4), ("xyzt_units", None)):
            x, y = first.header[key], second.header[key]
            if tol is not None and not np.allclose(x[1:4] if key == "pixdim" else x, y[1:4] if key == "pixdim" else y, atol=tol):
                return f"{key} {x} and {y}"
        if not np.allclose(first.affine, second.affine, atol=1e-4):
            return f"affine {first.affine.tolist()} and {second.affine.tolist()}"
        return voxelwise(np.asanyarray(first.dataobj), np.asanyarray(second.dataobj))
    if name.endswith(".png"):
        return voxelwise(np.array(Image.open(a)), np.array(Image.open(b)))
    if name.endswith(".npz"):
        first, second = np.load(a)["probabilities"], np.load(b)["probabilities"]
        if first.shape != second.shape or first.dtype != second.dtype:
            return f"{first.dtype} {first.shape} and {second.dtype} {second.shape}"
        most = float(np.abs(first - second).max())
        return f"probabilities by {most:.2g}" if most > tolerance else None
    if name.endswith(".pkl"):
        first, second = (plain(pickle.load(open(path, "rb"))) for path in (a, b))
        # Of a cascade nnU-Net keeps where training would find classes, which nothing reads of a prediction.
        if isinstance(first, dict):
            first.pop("class_locations", None)
        return None if close(first, second) else f"{str(first)[:1000]} and {str(second)[:1000]}"
    first, second = (open(path, "rb").read() for path in (a, b))
    if first == second:
        return None
    lines = [(x, y) for x, y in zip(first.decode().splitlines(), second.decode().splitlines()) if x != y]
    if name.endswith(".json") and json.loads(first) == json.loads(second):
        return f"written differently, first: {lines[:1]}"
    return f"{len(lines)} lines, first: {lines[:1]}"


both = files(theirs) & files(ours)
for name in sorted(files(theirs) ^ files(ours)):
    print(f"{name}: {'lacking' if name in files(theirs) else 'only ours'}")
for name in sorted(both):
    found = difference(name)
    if found is not None:
        print(f"{name}: {found}")
