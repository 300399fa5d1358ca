"""Both stages of a cascade with random weights, and a preprocessed data set for them: python make_cascade.py FOLDER [SPACING [regions]].

Goes on from `make_models.py cascade FOLDER`: its plans (with SPACING along the first axis of 3d_lowres), its images with random
labels (or regions of them). Writes FOLDER/raw, FOLDER/preprocessed by nnU-Net's preprocessing with arrays as .npz, for which it writes and reads labels
of a next stage as .npz too, and checkpoints that
`nnUNetv2_train --val` takes up. Fold 0 validates every case. Needs nnunetv2.
"""

import json
import os
import shutil
import sys

import numpy as np
import torch

folder = sys.argv[1]
spacing = float(sys.argv[2]) if len(sys.argv) > 2 else None
has_regions = "regions" in sys.argv[3:]
for kind in ("raw", "preprocessed", "results"):
    os.environ[f"nnUNet_{kind}"] = os.path.join(folder, kind)

import SimpleITK
from scipy.ndimage import gaussian_filter
from nnunetv2.training.dataloading.nnunet_dataset import nnUNetDatasetNumpy
from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer
from nnunetv2.utilities.plans_handling.plans_handler import PlansManager


def write(path, content):
    with open(path, "w") as stream:
        json.dump(content, stream, indent=4)


results = os.path.join(folder, "results")
dataset = os.listdir(results)[0]
random = np.random.RandomState(1)
model = os.path.join(results, dataset, "nnUNetTrainer__nnUNetPlans__3d_lowres")
plans, dataset_json = (json.load(open(os.path.join(model, f"{name}.json"))) for name in ("plans", "dataset"))
if spacing is not None:
    plans["configurations"]["3d_lowres"]["spacing"][0] = spacing

raw, preprocessed = (os.path.join(folder, kind, dataset) for kind in ("raw", "preprocessed"))
os.makedirs(os.path.join(raw, "labelsTr"))
os.makedirs(preprocessed)
shutil.copytree(os.path.join(folder, "images"), os.path.join(raw, "imagesTr"))
cases = sorted(name[: -len("_0000.nii.gz")] for name in os.listdir(os.path.join(raw, "imagesTr")))
for case in cases:
    image = SimpleITK.ReadImage(os.path.join(raw, "imagesTr", f"{case}_0000.nii.gz"))
    smooth = gaussian_filter(random.normal(size=image.GetSize()[::-1]), 2)
    label = SimpleITK.GetImageFromArray(np.digitize(smooth / smooth.std(), [0.3, 1.2, 1.8][: 3 if has_regions else 2]).astype(np.uint8))
    label.CopyInformation(image)
    SimpleITK.WriteImage(label, os.path.join(raw, "labelsTr", f"{case}.nii.gz"))
dataset_json["numTraining"] = len(cases)
if has_regions:
    dataset_json["labels"] = {"background": 0, "whole": [1, 2, 3], "core": [2, 3], "enhancing": 3}
    dataset_json["regions_class_order"] = [1, 2, 3]
for place in (raw, preprocessed):
    write(os.path.join(place, "dataset.json"), dataset_json)
write(os.path.join(preprocessed, "nnUNetPlans.json"), plans)
write(os.path.join(preprocessed, "splits_final.json"), [{"train": cases, "val": cases}])


manager = PlansManager(plans)
for name in ("3d_lowres", "3d_fullres"):
    settings = manager.get_configuration(name)
    place = os.path.join(preprocessed, settings.data_identifier)
    os.makedirs(place)
    for case in cases:
        image, label = os.path.join(raw, "imagesTr", f"{case}_0000.nii.gz"), os.path.join(raw, "labelsTr", f"{case}.nii.gz")
        data, seg, properties = settings.preprocessor_class(verbose=False).run_case([image], label, manager, settings, dataset_json)
        nnUNetDatasetNumpy.save_case(data.astype(np.float32), seg.astype(np.int16), properties, os.path.join(place, case))
shutil.copytree(os.path.join(raw, "labelsTr"), os.path.join(preprocessed, "gt_segmentations"))

shutil.rmtree(results)
for name in ("3d_lowres", "3d_cascade_fullres"):
    torch.manual_seed(len(name))
    trainer = nnUNetTrainer({**plans, "continue_training": False}, name, 0, dataset_json, device=torch.device("cpu"))
    trainer.initialize()
    # Norms and biases that do something, as after training.
    for key, value in trainer.network.state_dict().items():
        if "norm" in key or key.endswith("bias"):
            value.copy_(0.3 * torch.randn_like(value) + (1.0 if key.endswith("norm.weight") else 0.0))
    trainer.inference_allowed_mirroring_axes = (0, 1, 2)
    trainer.save_checkpoint(os.path.join(trainer.output_folder, "checkpoint_final.pth"))
    for file, content in (("plans", plans), ("dataset", dataset_json)):
        write(os.path.join(trainer.output_folder_base, f"{file}.json"), content)
print(json.dumps({"dataset": dataset, "cases": cases}))

