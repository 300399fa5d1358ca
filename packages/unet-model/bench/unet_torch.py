"""The planned U-Net in PyTorch, a process for `asServer`: unet_torch.py step|forward BATCH default|channels_last|bfloat16.

The network and the loss are nnU-Net's own packages', the step is nnUNetTrainer.train_step's.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from dynamic_network_architectures.architectures.unet import PlainConvUNet
from nnunetv2.training.loss.compound_losses import DC_and_CE_loss
from nnunetv2.training.loss.deep_supervision import DeepSupervisionWrapper
from nnunetv2.training.loss.dice import MemoryEfficientSoftDiceLoss

sys.path.append(str(Path(__file__).parents[3] / "tools" / "bench"))
from serve import serve  # noqa: E402

what, batch, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
torch.manual_seed(0)
network = PlainConvUNet(
    input_channels=1,
    n_stages=6,
    features_per_stage=[32, 64, 128, 256, 512, 512],
    conv_op=torch.nn.Conv2d,
    kernel_sizes=[[3, 3]] * 6,
    strides=[[1, 1]] + [[2, 2]] * 5,
    n_conv_per_stage=[2] * 6,
    n_conv_per_stage_decoder=[2] * 5,
    conv_bias=True,
    norm_op=torch.nn.InstanceNorm2d,
    norm_op_kwargs={"eps": 1e-5, "affine": True},
    nonlin=torch.nn.LeakyReLU,
    nonlin_kwargs={"inplace": True},
    num_classes=2,
    deep_supervision=what == "step",
)
image = torch.randn(batch, 1, 224, 224)
targets = [(torch.rand(batch, 1, 224 >> i, 224 >> i) < 0.1).long() for i in range(5)]
if mode == "channels_last":
    network = network.to(memory_format=torch.channels_last)
    image = image.to(memory_format=torch.channels_last)
weights = np.array([1 / 2**i for i in range(4)] + [0])
loss_function = DeepSupervisionWrapper(
    DC_and_CE_loss(
        {"batch_dice": True, "smooth": 1e-5, "do_bg": False, "ddp": False},
        {},
        weight_ce=1,
        weight_dice=1,
        dice_class=MemoryEfficientSoftDiceLoss,
    ),
    weights / weights.sum(),
)
optimizer = torch.optim.SGD(network.parameters(), 0.01, weight_decay=3e-5, momentum=0.99, nesterov=True)
autocast = torch.autocast("cpu", torch.bfloat16, enabled=mode == "bfloat16")


def step():
    optimizer.zero_grad(set_to_none=True)
    with autocast:
        loss = loss_function(network(image), targets)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 12)
    optimizer.step()
    return loss.item()


def forward():
    with torch.no_grad(), autocast:
        network(image)


work = step if what == "step" else forward
work()
serve(f"PyTorch {torch.__version__} {mode}", work)
