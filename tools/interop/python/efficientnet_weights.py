"""The PyTorch side of efficientnet-weights.mjs.

    python efficientnet_weights.py make NAME FOLDER WEIGHTS    FOLDER/input.npy; theirs0.npy, the logits; theirs1.npy to theirs5.npy
    python efficientnet_weights.py check NAME FOLDER WEIGHTS   prints how far ours0.npy to ours5.npy are from them

NAME is such as efficientnet-lite0. Needs efficientnet-lite-pytorch.
"""

import os
import sys

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet

what, name, folder, weights = sys.argv[1:]
path = lambda file: os.path.join(folder, file)

if what == "make":
    torch.manual_seed(1)
    network = EfficientNet.from_name(name, image_size=None)  # pads for the size of the input
    network.load_state_dict(torch.load(weights, weights_only=True), strict=True)
    network.eval()
    image = torch.randn(1, 3, 150, 224)
    np.save(path("input.npy"), image.numpy())
    with torch.no_grad():
        outputs = [network(image)]
        x = network._swish(network._bn0(network._conv_stem(image)))
        for i, block in enumerate(network._blocks):
            x = block(x)
            if i + 1 == len(network._blocks) or network._blocks[i + 1]._depthwise_conv.stride[0] == 2:
                outputs.append(x)
    for i, output in enumerate(outputs):
        np.save(path(f"theirs{i}.npy"), output.numpy())
else:
    for i in range(6):
        theirs, ours = np.load(path(f"theirs{i}.npy")), np.load(path(f"ours{i}.npy"))
        error = float(np.abs(ours - theirs).max() / np.abs(theirs).max()) if ours.shape == theirs.shape else np.inf
        title = "logits" if i == 0 else f"features at stride {2**i}"
        print(f"{'holds' if error < 1e-4 else 'FAILS'}  {name}: {title} within {error:.1e}")
