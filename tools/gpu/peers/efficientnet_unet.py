"""The network of small-lesions, a U-Net on EfficientNet-Lite0 frozen down to stride 4, in plain PyTorch: efficientnet_unet.py [tiny].

The loss has the parts of lesion-loss.ts: cross-entropy, soft Dice, presence.
"""

import sys

import torch
import torch.nn.functional as F
from timing import device, time_modes
from torch import nn

tiny = "tiny" in sys.argv[1:]
EDGE, BATCH = (64, 2) if tiny else (448, 8)
# Expansion, kernel, stride, channels, blocks; Tan and Le, arXiv:1905.11946, with ReLU6 and without squeeze-and-excitation.
STAGES = [(1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1)]
DECODER = [96, 48, 32, 16]


def conv_norm(inputs, outputs, size, stride=1, groups=1, activation=None):
    layers = [nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)]
    return nn.Sequential(*layers, *([activation] if activation else []))


class Bottleneck(nn.Module):
    def __init__(self, inputs, outputs, expansion, size, stride):
        super().__init__()
        wide = inputs * expansion
        widen = [conv_norm(inputs, wide, 1, activation=nn.ReLU6())] if expansion > 1 else []
        filters = conv_norm(wide, wide, size, stride, wide, nn.ReLU6())
        self.layers = nn.Sequential(*widen, filters, conv_norm(wide, outputs, 1))
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.layers(x) if self.is_residual else self.layers(x)


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = conv_norm(1, 32, 3, 2, activation=nn.ReLU6())
        blocks, channels = [], 32
        for expansion, size, stride, outputs, count in STAGES:
            for i in range(count):
                blocks.append(Bottleneck(channels, outputs, expansion, size, stride if i == 0 else 1))
                channels = outputs
        self.blocks = nn.ModuleList(blocks)
        self.levels = nn.ModuleList()
        for skip, outputs in zip([112, 40, 24, 16], DECODER):
            first = conv_norm(channels + skip, outputs, 3, activation=nn.ReLU())
            self.levels.append(nn.Sequential(first, conv_norm(outputs, outputs, 3, activation=nn.ReLU())))
            channels = outputs
        self.head = nn.Conv2d(channels, 2, 1)
        self.presence = nn.Linear(320, 1)

    def frozen(self):
        """The stem and the blocks down to stride 4."""
        return [self.stem, *self.blocks[:3]]

    def forward(self, x):
        x = self.stem(x)
        maps = {}
        for block in self.blocks:
            x = block(x)
            maps[x.shape[2]] = x
        *skips, x = [maps[edge] for edge in sorted(maps, reverse=True)]
        presence = self.presence(x.mean((2, 3)))
        for level, skip in zip(self.levels, reversed(skips)):
            x = level(torch.cat([F.interpolate(x, scale_factor=2, mode="nearest"), skip], 1))
        return self.head(x), presence


def lesion_loss(logits, presence, target):
    p = torch.softmax(logits, 1)[:, 1]
    y = target.float()
    entropy = F.cross_entropy(logits, target, weight=torch.tensor([1.0, 3.0], device=device))
    dice = (2 * (p * y).sum() + 1) / (p.sum() + y.sum() + 1)
    present = y.amax((1, 2))[:, None]
    return 5 * entropy + 1 - dice + F.binary_cross_entropy_with_logits(presence, present)


def make_step(autocast):
    network = Unet().to(device, memory_format=torch.channels_last).train()
    for part in network.frozen():
        part.requires_grad_(False)
        part.eval()
    image = torch.randn(BATCH, 1, EDGE, EDGE, device=device).to(memory_format=torch.channels_last)
    target = (torch.rand(BATCH, EDGE // 2, EDGE // 2, device=device) < 0.05).long()
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, 1e-3, weight_decay=0.01)
    averages = [parameter.detach().clone() for parameter in trained]

    def step():
        optimizer.zero_grad(set_to_none=True)
        with autocast:
            logits, presence = network(image)
        loss = lesion_loss(logits.float(), presence.float(), target)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 5)
        optimizer.step()
        torch._foreach_lerp_(averages, [parameter.detach() for parameter in trained], 0.005)
        return loss.item()

    return step


time_modes(f"small-lesions, {EDGE} px, batch {BATCH}, frozen down to stride 4", make_step, 2 if tiny else 10)
