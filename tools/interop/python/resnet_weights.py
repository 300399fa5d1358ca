"""The PyTorch side of torchvision-weights.mjs.

    python resnet_weights.py make NAME FOLDER    FOLDER/theirs.pth, a random state_dict; input.npy; logits.npy, its outputs
    python resnet_weights.py check NAME FOLDER   loads FOLDER/ours.pth and ours.safetensors as PyTorch's users do, strictly; prints
                                                 how far each network's outputs are from theirs, and ours.npy, if there

NAME is a network of torchvision's, such as resnet18. Needs torchvision and safetensors.
"""

import os
import sys

import numpy as np
import torch
import torchvision
from safetensors.torch import load_file

what, name, folder = sys.argv[1:]
path = lambda file: os.path.join(folder, file)


def outputs(state):
    network = getattr(torchvision.models, name)(weights=None)
    network.load_state_dict(state, strict=True)
    with torch.no_grad():
        return network.eval()(torch.from_numpy(np.load(path("input.npy")))).numpy()


if what == "make":
    torch.manual_seed(1)
    network = getattr(torchvision.models, name)(weights=None)
    images = torch.randn(2, 3, 96, 80)
    with torch.no_grad():
        # Batches that move the running statistics, as in training.
        network.train()
        for _ in range(3):
            network(2 * torch.randn(4, 3, 64, 64) + 0.5)
    torch.save(network.state_dict(), path("theirs.pth"))
    np.save(path("input.npy"), images.numpy())
    np.save(path("logits.npy"), outputs(network.state_dict()))
else:
    theirs = torch.load(path("theirs.pth"), weights_only=True)
    for file in ("ours.safetensors", "ours.pth"):
        state = load_file(path(file)) if file.endswith("safetensors") else torch.load(path(file), weights_only=True)
        same = state.keys() == theirs.keys() and all(
            torch.equal(value, state[key]) and value.dtype == state[key].dtype for key, value in theirs.items()
        )
        print(f"{'holds' if same else 'FAILS'}  {name} {file}: every tensor, its name and type")
        print(f"{'holds' if np.array_equal(outputs(state), np.load(path('logits.npy'))) else 'FAILS'}  {name} {file}: the same outputs in PyTorch")
    wanted = np.load(path("logits.npy"))
    error = float(np.abs(np.load(path("ours.npy")).reshape(wanted.shape) - wanted).max() / np.abs(wanted).max())
    print(f"{'holds' if error < 1e-4 else 'FAILS'}  {name}: our network's outputs within {error:.1e}")
