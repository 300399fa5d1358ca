"""A training step of a U-Net on EfficientNet-Lite0 in PyTorch, a process for `asServer`:
efficientnet_unet_torch.py SIZE BATCH default|channels_last|bfloat16 FROZEN_STRIDE.

The encoder is PyPI's efficientnet-lite-pytorch. bfloat16 is channels last too.
"""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from efficientnet_lite_pytorch import EfficientNet
from torch import nn

sys.path.append(str(Path(__file__).parents[3] / "tools" / "bench"))
from serve import serve  # noqa: E402

size, batch, mode, frozen_stride = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
torch.manual_seed(0)


class Level(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.c1 = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.b1 = nn.BatchNorm2d(outputs)
        self.c2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.b2 = nn.BatchNorm2d(outputs)

    def forward(self, deeper, skip):
        x = torch.cat([F.interpolate(deeper, scale_factor=2, mode="nearest"), skip], 1)
        return F.relu(self.b2(self.c2(F.relu(self.b1(self.c1(x))))))


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        encoder = EfficientNet.from_name("efficientnet-lite0")
        self.stem = nn.Conv2d(1, 32, 3, 2, 1, bias=False)
        self.norm = encoder._bn0
        self.blocks = encoder._blocks
        channels = [320, 128, 64, 48, 32]
        skips = [112, 40, 24, 16]
        self.levels = nn.ModuleList(Level(channels[i] + skips[i], channels[i + 1]) for i in range(4))
        self.head = nn.Conv2d(32, 1, 1)

    def frozen(self):
        """The stem and the blocks down to the stride: of strides 2, 4, 8, 16, 32 the last blocks are 0, 2, 4, 10, 15."""
        ends = {2: 1, 4: 3, 8: 5, 16: 11, 32: 16}
        if frozen_stride == 0:
            return []
        return [self.stem, self.norm, *self.blocks[: ends[frozen_stride]]]

    def forward(self, x):
        x = F.relu6(self.norm(self.stem(x)))
        maps = {}
        for block in self.blocks:
            x = block(x)
            maps[x.shape[2]] = x
        *skips, x = [maps[edge] for edge in sorted(maps, reverse=True)]
        for level, skip in zip(self.levels, reversed(skips)):
            x = level(x, skip)
        return self.head(x)


network = Unet().train()
for part in network.frozen():
    part.requires_grad_(False)
    part.eval()
image = torch.randn(batch, 1, size, size)
target = (torch.rand(batch, 1, size // 2, size // 2) < 0.05).float()
if mode != "default":
    network = network.to(memory_format=torch.channels_last)
    image = image.to(memory_format=torch.channels_last)
trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
optimizer = torch.optim.AdamW(trained, 1e-4)
autocast = torch.autocast("cpu", torch.bfloat16, enabled=mode == "bfloat16")


def step():
    optimizer.zero_grad(set_to_none=True)
    with autocast:
        logits = network(image)
    loss = F.binary_cross_entropy_with_logits(logits.float(), target)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(trained, 5)
    optimizer.step()
    return loss.item()


step()
serve(f"PyTorch {torch.__version__} {mode}", step)
