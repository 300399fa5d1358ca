"""Random data sets planned by real nnU-Net: one JSON line each, for planner-fuzz.mjs to plan again.

    python planner-fuzz.py COUNT [SEED] > vectors.jsonl

Needs nnunetv2 2.8.1 and its dependencies. Nothing is read from nnU-Net's folders; all is made in a temporary one.
"""

import contextlib
import json
import os
import sys
import tempfile

import numpy as np
import torch

folder = tempfile.mkdtemp(prefix="planner-fuzz-")
for variable in ("raw", "preprocessed", "results"):
    os.environ[f"nnUNet_{variable}"] = os.path.join(folder, variable)
    os.makedirs(os.environ[f"nnUNet_{variable}"])
os.environ.setdefault("nnUNet_n_proc_DA", "2")

# The planner builds every network that it tries to count its feature maps: without weights that is quick.
torch.set_default_device("meta")

import nibabel
from nnunetv2.experiment_planning.plan_and_preprocess_api import plan_experiment_dataset
from nnunetv2.experiment_planning.experiment_planners.default_experiment_planner import ExperimentPlanner
from nnunetv2.experiment_planning.experiment_planners.resencUNet_planner import ResEncUNetPlanner
from nnunetv2.experiment_planning.experiment_planners.residual_unets.residual_encoder_unet_planners import (
    nnUNetPlannerResEncL,
    nnUNetPlannerResEncM,
    nnUNetPlannerResEncXL,
)

planners = [ExperimentPlanner, ResEncUNetPlanner, nnUNetPlannerResEncM, nnUNetPlannerResEncL, nnUNetPlannerResEncXL]
channel_names = ["CT", "T1", "noNorm", "zscore", "rescale_to_0_1", "rgb_to_0_1", "CT_contrast", "X-ray"]


def random_geometry(random, cases):
    """Spacings and shapes of every case: alike or not, isotropic or not, any axis the coarse one, 2D or 3D."""
    kind = random.choice(["isotropic", "anisotropic", "mixed", "flat", "slice", "large"], p=[0.15, 0.35, 0.15, 0.1, 0.05, 0.2])
    base = np.round(random.uniform(0.3, 1.8, 3), int(random.choice([1, 2, 6])))
    size = random.randint(20, 420, 3)
    if random.uniform() < 0.5:
        base[1] = base[2]
        size[1] = size[2]
    if kind == "isotropic":
        base[:] = base[0]
    if kind == "anisotropic":
        base[0] *= random.uniform(1.5, 12)
        size[0] = random.randint(4, 90)
    if kind == "large":
        base[0] *= random.choice([1.0, 2.0, 4.0])
        size = random.randint(150, 800, 3)
    if kind == "flat":
        base = np.array([999.0, 1.0, 1.0])
        size = np.array([1, *random.randint(24, 2600, 2)])
    if kind == "slice":
        base = np.array([1.0, 1.0, 1.0])
        size[0] = 1
    axes = random.permutation(3) if kind not in ("flat", "slice") and random.uniform() < 0.4 else np.arange(3)
    same = random.uniform() < 0.3
    spacings, shapes = [], []
    for _ in range(cases):
        spacing, shape = base.copy(), size.copy()
        if not same and kind != "flat":
            spacing = spacing * random.uniform(0.8, 1.25, 3)
            if random.uniform() < 0.2:
                spacing[0] *= random.choice([0.25, 0.5, 2.0])
        if not same:
            shape = np.maximum(4 if kind not in ("flat", "slice") else 1, np.round(shape * random.uniform(0.6, 1.5, 3))).astype(int)
            if kind in ("flat", "slice"):
                shape[0] = 1
        spacings.append([float(v) for v in spacing[axes]])
        shapes.append([int(v) for v in shape[axes]])
    return kind, spacings, shapes


def random_labels(random):
    count = int(random.randint(1, 15))
    labels = {"background": 0, **{f"label{i}": i for i in range(1, count + 1)}}
    extra = {}
    if random.uniform() < 0.2 and count > 1:
        labels = {"background": 0, "whole": list(range(1, count + 1)), **{f"part{i}": i for i in range(2, count + 1)}}
        extra["regions_class_order"] = list(range(1, count + 1))
    if random.uniform() < 0.2:
        labels["ignore"] = count + 1
    return labels, extra


def random_intensities(random):
    names = ("max", "mean", "median", "min", "percentile_00_5", "percentile_99_5", "std")
    return {name: float(np.float32(random.uniform(-1000, 3000))) for name in names}


def main(count, seed):
    for number in range(seed, seed + count):
        random = np.random.RandomState(number)
        cases = int(random.choice([2, 3, 4, 5, 10, 21, 40, 300, 1251]))
        kind, spacings, shapes = random_geometry(random, cases)
        labels, extra = random_labels(random)
        channels = [str(random.choice(channel_names)) for _ in range(random.randint(1, 4))]
        dataset_json = {
            "channel_names": {str(i): name for i, name in enumerate(channels)},
            "labels": labels,
            "numTraining": cases if random.uniform() < 0.9 else int(random.randint(1, 4000)),
            "file_ending": ".nii.gz",
            **extra,
        }
        fingerprint = {
            "spacings": spacings,
            "shapes_after_crop": shapes,
            "median_relative_size_after_cropping": float(random.choice([1.0, 0.75, 0.7499, 0.3, 0.99])),
            "foreground_intensity_properties_per_channel": {str(i): random_intensities(random) for i in range(len(channels))},
        }
        name = f"Dataset{number % 900 + 100:03d}_Fuzz{number}"
        raw = os.path.join(os.environ["nnUNet_raw"], name)
        preprocessed = os.path.join(os.environ["nnUNet_preprocessed"], name)
        os.makedirs(os.path.join(raw, "imagesTr"))
        os.makedirs(preprocessed)
        nibabel.save(nibabel.Nifti1Image(np.ones((4, 4, 4), np.uint8), np.eye(4)), os.path.join(raw, "imagesTr", "a_0000.nii.gz"))
        with open(os.path.join(raw, "dataset.json"), "w") as file:
            json.dump(dataset_json, file)
        with open(os.path.join(preprocessed, "dataset_fingerprint.json"), "w") as file:
            json.dump(fingerprint, file)
        target = random.choice([0.0, 1.0, 2.0, 4.0, 11.0, 24.0, 80.0], p=[0.6, 0.05, 0.1, 0.1, 0.05, 0.05, 0.05])
        options = {
            **({"gpu_memory_target_in_gb": float(target)} if target else {}),
            **({"overwrite_target_spacing": [float(v) for v in np.round(random.uniform(0.4, 6, 3), 2)]} if random.uniform() < 0.12 else {}),
            **({"overwrite_plans_name": "nnUNetPlans_mine"} if random.uniform() < 0.2 else {}),
        }
        for planner in planners:
            line = {"number": number, "kind": kind, "planner": planner.__name__, "dataset": name, "datasetJson": dataset_json,
                    "fingerprint": fingerprint, "options": options}
            # One file after the other, so that leftover configurations of the planner before do not stay.
            for file in os.listdir(preprocessed):
                if "Plans" in file:
                    os.remove(os.path.join(preprocessed, file))
            try:
                with contextlib.redirect_stdout(sys.stderr):
                    _, plans_name = plan_experiment_dataset(name, planner, **options)
                with open(os.path.join(preprocessed, f"{plans_name}.json")) as file:
                    line["plans"] = file.read()
            except Exception as error:  # What nnU-Net itself cannot plan is recorded too.
                line["failure"] = f"{type(error).__name__}: {error}"
            print(json.dumps(line), flush=True)


main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
