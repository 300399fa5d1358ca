"""Models of nnU-Net's with random weights and images for them: python make_models.py SCENARIO FOLDER.

Writes FOLDER/results/DATASET/TRAINER__PLANS__CONFIGURATION/fold_K/checkpoint_final.pth, as nnU-Net's trainer saves it, and
FOLDER/images, written by nnU-Net's readers. Prints the data set's name and file ending. Needs nnunetv2.
"""

import json
import os
import sys

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

scenario, folder = sys.argv[1:]
for kind in ("raw", "preprocessed", "results"):
    os.environ[f"nnUNet_{kind}"] = os.path.join(folder, kind)

from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer
from nnunetv2.utilities.label_handling.label_handling import determine_num_input_channels
from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

labels = {"background": 0, "bone": 1, "fracture": 2}
regions = {"background": 0, "whole": [1, 2, 3], "core": [2, 3], "enhancing": 3}
# labels, channels, file ending, reader, image shapes as read, their spacing, configurations, axes turned, residual
scenarios = {
    "png": (labels, ["xray"], ".png", "NaturalImage2DIO", [(1, 40, 52), (1, 70, 33), (1, 25, 20), (1, 64, 64)], [999, 1, 1], ["2d"], [0, 1, 2], False),
    "rgb": (labels, ["R", "G", "B"], ".png", "NaturalImage2DIO", [(1, 40, 52), (1, 33, 70)], [999, 1, 1], ["2d"], [0, 1, 2], True),
    "slices": (regions, ["xray"], ".nii.gz", "SimpleITKIO", [(3, 40, 52), (1, 30, 36), (4, 80, 40)], [3.0, 0.8, 0.7], ["2d"], [0, 1, 2], False),
    "volumes": (labels, ["CT", "xray"], ".nii", "NibabelIO", [(14, 40, 38), (9, 22, 50), (24, 30, 26)], [2.5, 0.9, 0.7], ["3d_fullres"], [1, 0, 2], False),
    "turned": (labels, ["xray"], ".nii.gz", "NibabelIOWithReorient", [(14, 40, 38), (9, 22, 50)], [2.5, 0.9, 0.7], ["3d_fullres"], [0, 1, 2], True),
    "cascade": (labels, ["xray"], ".nii.gz", "SimpleITKIO", [(16, 40, 38), (10, 30, 44)], [2.0, 0.9, 0.9], ["3d_lowres", "3d_fullres", "3d_cascade_fullres"], [0, 1, 2], False),
}
classes, channels, ending, reader, shapes, spacing, configurations, turned, residual = scenarios[scenario]
number = list(scenarios).index(scenario)
dataset = f"Dataset{600 + number}_{scenario.capitalize()}"
random = np.random.RandomState(number)
torch.manual_seed(number)
has_regions = any(isinstance(value, list) for value in classes.values())
dataset_json = {
    "channel_names": {str(i): name for i, name in enumerate(channels)}, "labels": classes, "numTraining": 4, "file_ending": ending,
    **({"regions_class_order": [1, 2, 3]} if has_regions else {}),
}


def architecture(rank):
    unet = "ResidualEncoderUNet" if residual else "PlainConvUNet"
    flat = rank == 3
    kernels = [[1, 3, 3] if flat else [3, 3], [3] * rank, [3] * rank]
    return {
        "network_class_name": f"dynamic_network_architectures.architectures.unet.{unet}",
        "arch_kwargs": {
            "n_stages": 3, "features_per_stage": [4, 8, 12], "conv_op": f"torch.nn.modules.conv.Conv{rank}d",
            "kernel_sizes": kernels, "strides": [[1] * rank, [1, 2, 2] if flat else [2, 2], [2] * rank],
            ("n_blocks_per_stage" if residual else "n_conv_per_stage"): [1, 2, 2], "n_conv_per_stage_decoder": [1, 2],
            "conv_bias": True, "norm_op": f"torch.nn.modules.instancenorm.InstanceNorm{rank}d",
            "norm_op_kwargs": {"eps": 1e-5, "affine": True}, "dropout_op": None, "dropout_op_kwargs": None,
            "nonlin": "torch.nn.LeakyReLU", "nonlin_kwargs": {"inplace": True},
        },
        "_kw_requires_import": ["conv_op", "norm_op", "dropout_op", "nonlin"],
    }


def configuration(name):
    rank = 2 if name == "2d" else 3
    coarse = 1.6 if name == "3d_lowres" else 1.0
    order = {"is_seg": False, "order": 3, "order_z": 0, "force_separate_z": None}
    return {
        "data_identifier": f"plans_{name}", "preprocessor_name": "DefaultPreprocessor", "batch_size": 2,
        "patch_size": [32, 32] if rank == 2 else [8, 24, 24], "median_image_size_in_voxels": [40.0] * rank,
        "spacing": [1.0, 1.0] if rank == 2 else [2.0 * coarse, 1.0 * coarse, 0.8 * coarse],
        "normalization_schemes": ["CTNormalization" if channel == "CT" else "ZScoreNormalization" for channel in channels],
        "use_mask_for_norm": [False] * len(channels), "resampling_fn_data": "resample_data_or_seg_to_shape",
        "resampling_fn_seg": "resample_data_or_seg_to_shape", "resampling_fn_data_kwargs": order,
        "resampling_fn_seg_kwargs": {**order, "is_seg": True, "order": 1},
        "resampling_fn_probabilities": "resample_data_or_seg_to_shape", "resampling_fn_probabilities_kwargs": {**order, "order": 1},
        "architecture": architecture(rank), "batch_dice": rank == 2,
        **({"next_stage": "3d_cascade_fullres"} if name == "3d_lowres" else {}),
    }


plans = {
    "dataset_name": dataset, "plans_name": "nnUNetPlans", "original_median_spacing_after_transp": [2.0, 1.0, 1.0],
    "original_median_shape_after_transp": [20, 40, 40], "image_reader_writer": reader, "transpose_forward": turned,
    "transpose_backward": [turned.index(axis) for axis in range(3)],
    "configurations": {name: {"inherits_from": "3d_fullres", "previous_stage": "3d_lowres"} if "cascade" in name else configuration(name) for name in configurations},
    "experiment_planner_used": "ExperimentPlanner", "label_manager": "LabelManager",
    "foreground_intensity_properties_per_channel": {str(i): {
        "max": 1500.0, "mean": 300.0, "median": 290.0, "min": -900.0, "percentile_00_5": -700.0, "percentile_99_5": 1200.0, "std": 250.0,
    } for i in range(len(channels))},
}
manager = PlansManager(plans)
rw = manager.image_reader_writer_class()
for name in configurations:
    model = os.path.join(folder, "results", dataset, f"nnUNetTrainer__nnUNetPlans__{name}")
    os.makedirs(model)
    for file, content in (("plans.json", plans), ("dataset.json", dataset_json)):
        with open(os.path.join(model, file), "w") as stream:
            json.dump(content, stream, indent=4)
    settings = manager.get_configuration(name)
    inputs = determine_num_input_channels(manager, settings, dataset_json)
    for fold in (0, 2, "all"):
        network = nnUNetTrainer.build_network_architecture(manager, settings, inputs, manager.get_label_manager(dataset_json).num_segmentation_heads, True)
        # Norms and biases that do something, as after training; without them a residual block adds nothing.
        for key, value in network.state_dict().items():
            if "norm" in key or key.endswith("bias"):
                value.copy_(0.3 * torch.randn_like(value) + (1.0 if key.endswith("norm.weight") else 0.0))
        os.makedirs(os.path.join(model, f"fold_{fold}"))
        axes = (0, 1) if name == "2d" else (0, 2)
        torch.save({
            "network_weights": network.state_dict(), "optimizer_state": {}, "grad_scaler_state": None, "logging": {}, "_best_ema": None,
            "current_epoch": 1, "init_args": {"plans": plans, "configuration": name, "fold": fold, "dataset_json": dataset_json, "device": torch.device("cpu")},
            "trainer_name": "nnUNetTrainer", "inference_allowed_mirroring_axes": axes,
        }, os.path.join(model, f"fold_{fold}", "checkpoint_final.pth"))

images = os.path.join(folder, "images")
os.makedirs(images)
for i, shape in enumerate(shapes):
    channel_images = []
    for channel in channels:
        smooth = gaussian_filter(random.normal(size=shape), [0 if n == 1 else 2 for n in shape])
        image = 120 + 60 * smooth / smooth.std() + 8 * random.normal(size=shape)
        image = np.clip(image, 1, 255) if ending == ".png" else image * 4 - 200
        # A dark border is cropped before the network sees the image.
        image[:, :3] = 0
        image[..., -4:] = 0
        channel_images.append(image)
    if ending == ".png":
        from PIL import Image

        pixels = np.stack([image[0] for image in channel_images], -1).astype(np.uint8)
        Image.fromarray(pixels[..., 0] if len(channels) == 1 else pixels).save(os.path.join(images, f"case_{i}_0000.png"))
        continue
    for c, image in enumerate(channel_images):
        path = os.path.join(images, f"case_{i}_{c:04d}{ending}")
        z, y, x = spacing
        data = image.astype(np.int16)
        if reader == "SimpleITKIO":
            import SimpleITK

            stored = SimpleITK.GetImageFromArray(data)
            stored.SetSpacing((x, y, z))
            stored.SetOrigin((3.0, -4.0, 5.0))
            SimpleITK.WriteImage(stored, path)
        else:
            import nibabel

            affine = np.diag([-x, y, z, 1.0]) if reader == "NibabelIO" else np.array([[0, 0, z, 1], [-y, 0, 0, 2], [0, x, 0, 3], [0, 0, 0, 1.0]])
            nibabel.save(nibabel.Nifti1Image(data.transpose(2, 1, 0), affine), path)
print(json.dumps({"dataset": dataset, "ending": ending, "configurations": configurations}))
