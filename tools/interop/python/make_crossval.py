"""A small raw data set and cross-validated results of several models on it, as nnU-Net's trainer leaves them behind.

    python make_crossval.py SCENARIO FOLDER

Writes FOLDER/{raw,preprocessed,results}: true labels, plans, and each model's fold_K/validation with CASE.npz, CASE.pkl and
labels, all by nnU-Net's own readers and writers. The predictions are the true labels made fuzzy, noisy and, for some models,
spotted, so that models, pairs of models and postprocessing differ in what they gain. Needs nnunetv2.
"""

import json
import os
import sys

import numpy as np
from scipy.ndimage import gaussian_filter, label

scenario, folder = sys.argv[1:]
for kind in ("raw", "preprocessed", "results"):
    os.environ[f"nnUNet_{kind}"] = os.path.join(folder, kind)
    os.makedirs(os.environ[f"nnUNet_{kind}"], exist_ok=True)

from batchgenerators.utilities.file_and_folder_operations import save_pickle
from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

two = {"background": 0, "bone": 1, "fracture": 2}
regions = {"background": 0, "whole": [1, 2, 3], "core": [2, 3], "enhancing": 3}
# shape as nnU-Net reads it, labels, file ending, reader, models as (trainer, plans, configuration, noise, spots)
scenarios = {
    "labels": ((1, 40, 48), two, ".nii.gz", "SimpleITKIO", [
        ("nnUNetTrainer", "nnUNetPlans", "2d", 1.6, 0), ("nnUNetTrainer", "nnUNetResEncUNetMPlans", "2d", 1.7, 0),
        ("nnUNetTrainer_5epochs", "nnUNetPlans", "2d", 1.8, 0), ("nnUNetTrainer_5epochs", "nnUNetResEncUNetMPlans", "2d", 2.5, 0),
    ]),
    "spots": ((1, 40, 48), two, ".png", "NaturalImage2DIO", [("nnUNetTrainer", "nnUNetPlans", "2d", 0.3, 3)]),
    "regions": ((12, 24, 28), regions, ".nii.gz", "SimpleITKIO", [
        ("nnUNetTrainer", "nnUNetPlans", "2d", 0.1, 4), ("nnUNetTrainer", "nnUNetPlans", "3d_fullres", 0.05, 4),
    ]),
    "ignore": ((10, 20, 22), {**two, "ignore": 3}, ".nii", "NibabelIO", [
        ("nnUNetTrainer", "nnUNetPlans", "2d", 0.9, 0), ("nnUNetTrainer", "nnUNetPlans", "3d_fullres", 0.4, 4),
    ]),
}
shape, labels, ending, reader, models = scenarios[scenario]
dataset = f"Dataset{500 + list(scenarios).index(scenario)}_{scenario.capitalize()}"
random = np.random.RandomState(list(scenarios).index(scenario))
cases = [f"case_{i}" for i in range(7)]
folds = [cases[0:2], cases[2:3], cases[3:5], cases[5:6], cases[6:7]]
has_regions = any(isinstance(value, list) for value in labels.values())
dataset_json = {
    "channel_names": {"0": "xray"}, "labels": labels, "numTraining": len(cases), "file_ending": ending,
    **({"regions_class_order": [1, 2, 3]} if has_regions else {}),
}


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        json.dump(content, file, indent=4, sort_keys=False)


def plans_named(name):
    network = "dynamic_network_architectures.architectures.unet.PlainConvUNet"
    architecture = {"network_class_name": network, "arch_kwargs": {}, "_kw_requires_import": []}
    configuration = {"data_identifier": name, "batch_size": 2, "patch_size": list(shape[1:]), "spacing": [1.0, 1.0], "architecture": architecture}
    configurations = {"2d": configuration, "3d_fullres": {**configuration, "patch_size": list(shape), "spacing": [1.0, 1.0, 1.0]}}
    return {
        "dataset_name": dataset, "plans_name": name, "image_reader_writer": reader, "label_manager": "LabelManager",
        "transpose_forward": [0, 1, 2], "transpose_backward": [0, 1, 2], "experiment_planner_used": "ExperimentPlanner",
        "original_median_shape_after_transp": list(shape), "original_median_spacing_after_transp": [1.0, 1.0, 1.0],
        "foreground_intensity_properties_per_channel": {"0": dict.fromkeys(
            ["max", "mean", "median", "min", "percentile_00_5", "percentile_99_5", "std"], 1.0)},
        "configurations": configurations if shape[0] > 1 else {"2d": configuration},
    }


def truth():
    """Nested blobs, so that regions hold each other."""
    field = gaussian_filter(random.normal(size=shape), [0 if n == 1 else 3 for n in shape])
    field /= field.std()
    result = np.zeros(shape, np.uint8)
    thresholds = [0.3, 1.0, 1.6]
    for value in range(1, 4 if has_regions else 3):
        result[field > thresholds[value - 1]] = value
    if scenario != "labels":
        parts, _ = label(result > 0)
        result[parts != 1 + np.argmax(np.bincount(parts.ravel())[1:])] = 0
    if "ignore" in labels:
        result[:, : shape[1] // 5] = labels["ignore"]
    return result


def probabilities(true, noise, spots, manager):
    classes = manager.foreground_regions if has_regions else manager.all_labels
    masks = np.stack([np.isin(true, region) for region in classes]).astype(np.float32)
    logits = 4 * masks - 2
    logits += noise * gaussian_filter(random.normal(size=logits.shape), [0] + [0 if n == 1 else 1 for n in shape]) * 6
    for _ in range(spots):
        z, y, x = [random.randint(0, n) for n in shape]
        channel = random.randint(1, len(classes))
        if has_regions:
            # Islands of an inner region, within the outer one: keeping the largest component helps that region alone.
            (z, y, x), channel = random.permutation(np.argwhere(true == 1))[0], 1
        logits[channel, z : z + 2, y : y + 3, x : x + 3] = 6
    if has_regions:
        return (1 / (1 + np.exp(-logits))).astype(np.float32)
    exponents = np.exp(logits - logits.max(0))
    return (exponents / exponents.sum(0)).astype(np.float32)


raw, preprocessed, results = (os.path.join(folder, kind, dataset) for kind in ("raw", "preprocessed", "results"))
write(os.path.join(raw, "dataset.json"), dataset_json)
for name in {plans for _, plans, *_ in models}:
    write(os.path.join(preprocessed, f"{name}.json"), plans_named(name))
manager = PlansManager(plans_named("nnUNetPlans"))
label_manager = manager.get_label_manager(dataset_json)
rw = manager.image_reader_writer_class()
if ending == ".png":
    properties = {"spacing": (999, 1, 1)}
elif reader == "NibabelIO":
    affine = np.diag([0.5, 0.75, 2.0, 1.0])
    affine[:3, 3] = [-10, 5, 3]
    properties = {"nibabel_stuff": {"original_affine": affine}, "spacing": [2.0, 0.75, 0.5]}
else:
    stuff = {"spacing": (0.5, 0.75, 2.0), "origin": (1.0, -2.0, 3.5), "direction": (0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)}
    properties = {"sitk_stuff": stuff, "spacing": [2.0, 0.75, 0.5]}

trues = {case: truth() for case in cases}
for place in (os.path.join(raw, "labelsTr"), os.path.join(preprocessed, "gt_segmentations")):
    os.makedirs(place)
    for case, true in trues.items():
        rw.write_seg(true, os.path.join(place, case + ending), properties)
for trainer, plans, configuration, noise, spots in models:
    model = os.path.join(results, f"{trainer}__{plans}__{configuration}")
    write(os.path.join(model, "plans.json"), plans_named(plans))
    write(os.path.join(model, "dataset.json"), dataset_json)
    for fold, members in enumerate(folds):
        place = os.path.join(model, f"fold_{fold}", "validation")
        os.makedirs(place)
        for case in members:
            predicted = probabilities(trues[case], noise, spots, label_manager)
            np.savez_compressed(os.path.join(place, f"{case}.npz"), probabilities=predicted)
            save_pickle(properties, os.path.join(place, f"{case}.pkl"))
            rw.write_seg(label_manager.convert_probabilities_to_segmentation(predicted), os.path.join(place, case + ending), properties)
print(json.dumps({
    "dataset": dataset, "ending": ending, "trainers": sorted({m[0] for m in models}), "plans": sorted({m[1] for m in models}),
    "configurations": sorted({m[2] for m in models}),
}))
