"""Random networks of nnU-Net's with what they give: python random_networks.py COUNT SEED FOLDER.

Each FOLDER/N.safetensors holds a network's state_dict (aliases included, as copies), an `input` and the outputs computed in
float64, `logits.0` on, highest resolution first; its metadata the `architecture` block and the numbers of channels. Needs
dynamic_network_architectures, as nnunetv2 brings it.
"""

import json
import os
import sys

import numpy as np
import torch
from nnunetv2.utilities.get_network_from_plans import get_network_from_plans
from safetensors.torch import save_file

count, seed, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
os.makedirs(folder, exist_ok=True)
random = np.random.RandomState(seed)
torch.manual_seed(seed)


def pick(values, p=None):
    return values[random.choice(len(values), p=p)]


def random_network():
    rank = pick([2, 3])
    stages = random.randint(2, 7 if rank == 2 else 5)
    strides = [[1] * rank] + [[int(pick([1, 2, 3], [0.25, 0.65, 0.1])) for _ in range(rank)] for _ in range(stages - 1)]
    kernels = [[int(pick([1, 3, 5], [0.3, 0.6, 0.1])) for _ in range(rank)] for _ in range(stages)]
    residual = pick([False, True])
    depths = [int(random.randint(1, 4)) for _ in range(stages)]
    decoder = [int(random.randint(1, 4)) for _ in range(stages - 1)]
    # Networks are also described by one number for all stages or axes.
    if random.uniform() < 0.2:
        kernels = 3
    elif random.uniform() < 0.2:
        kernels = [3] * stages
    kwargs = {
        "n_stages": int(stages),
        "features_per_stage": [int(random.randint(2, 13)) for _ in range(stages)] if random.uniform() < 0.9 else 7,
        "conv_op": f"torch.nn.modules.conv.Conv{rank}d", "kernel_sizes": kernels, "strides": strides,
        ("n_blocks_per_stage" if residual else "n_conv_per_stage"): depths if random.uniform() < 0.8 else 2,
        "n_conv_per_stage_decoder": decoder if random.uniform() < 0.8 else 1,
        "conv_bias": bool(random.uniform() < 0.8), "norm_op": f"torch.nn.modules.instancenorm.InstanceNorm{rank}d",
        "norm_op_kwargs": {"eps": float(pick([1e-5, 1e-3])), "affine": True}, "dropout_op": None, "dropout_op_kwargs": None,
        "nonlin": "torch.nn.LeakyReLU", "nonlin_kwargs": {"inplace": True},
    }
    name = "ResidualEncoderUNet" if residual else "PlainConvUNet"
    block = {
        "network_class_name": f"dynamic_network_architectures.architectures.unet.{name}", "arch_kwargs": kwargs,
        "_kw_requires_import": ["conv_op", "norm_op", "dropout_op", "nonlin"],
    }
    divisors = np.prod(strides, axis=0)
    # Two voxels at the bottleneck at least: an instance norm of one is refused.
    bottleneck = [int(pick([1, 2, 3])) for _ in range(rank)]
    bottleneck[-1] = max(bottleneck[-1], 2)
    return block, [int(n) for n in divisors * bottleneck]


done = 0
while done < count:
    block, size = random_network()
    if np.prod(size) > 60000:
        continue
    inputs, outputs = int(random.randint(1, 5)), int(random.randint(1, 6))
    network = get_network_from_plans(
        block["network_class_name"], block["arch_kwargs"], block["_kw_requires_import"], inputs, outputs, deep_supervision=True
    ).eval()
    state = network.state_dict()
    # As after training: norms and biases that do something.
    for name, value in state.items():
        if "norm" in name or name.endswith("bias"):
            value.copy_(0.3 * torch.randn_like(value) + (1.0 if name.endswith("norm.weight") else 0.0))
    tensors = {name: value.clone().contiguous() for name, value in state.items()}
    x = torch.randn(pick([1, 2]), inputs, *size)
    with torch.no_grad():
        logits = network(x)
        exact = network.double()(x.double())
    # Instance norms of two voxels take rounding far: how far PyTorch's own outputs are from those in float64.
    errors = [float((a - b).abs().max() / b.abs().max().clamp(min=1)) for a, b in zip(logits, exact)]
    tensors["input"] = x
    tensors.update({f"logits.{i}": value.float().contiguous() for i, value in enumerate(exact)})
    metadata = {"architecture": json.dumps(block), "inputs": str(inputs), "outputs": str(outputs), "names": json.dumps(list(state)), "errors": json.dumps(errors)}
    save_file(tensors, os.path.join(folder, f"{done:03d}.safetensors"), metadata)
    done += 1
