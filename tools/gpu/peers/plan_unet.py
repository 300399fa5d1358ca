"""nnU-Net's planned U-Net of planned-unet.mjs, step as nnUNetTrainer.train_step's, in plain PyTorch: plan_unet.py [tiny]."""

import sys

import torch
import torch.nn.functional as F
from timing import device, time_modes
from torch import nn

tiny = "tiny" in sys.argv[1:]
EDGE, BATCH = (64, 2) if tiny else (224, 12)
FEATURES = [32, 64, 128, 256, 512, 512]


def block(inputs, outputs, stride=1):
    def layer(channels, step):
        return [
            nn.Conv2d(channels, outputs, 3, step, 1),
            nn.InstanceNorm2d(outputs, eps=1e-5, affine=True),
            nn.LeakyReLU(inplace=True),
        ]

    return nn.Sequential(*layer(inputs, stride), *layer(outputs, 1))


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        below = [1, *FEATURES[:-1]]
        self.encoder = nn.ModuleList(block(below[i], FEATURES[i], 1 if i == 0 else 2) for i in range(6))
        deep = FEATURES[:0:-1]
        skips = FEATURES[-2::-1]
        self.ups = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(deep, skips))
        self.levels = nn.ModuleList(block(2 * channels, channels) for channels in skips)
        self.heads = nn.ModuleList(nn.Conv2d(channels, 2, 1) for channels in skips)

    def forward(self, x):
        maps = []
        for stage in self.encoder:
            x = stage(x)
            maps.append(x)
        outputs = []
        for up, level, head, skip in zip(self.ups, self.levels, self.heads, maps[-2::-1]):
            x = level(torch.cat([up(x), skip], 1))
            outputs.append(head(x))
        return outputs[::-1]


def dice_and_cross_entropy(logits, target):
    p = torch.softmax(logits, 1)[:, 1]
    y = target.float()
    dice = (2 * (p * y).sum() + 1e-5) / (p.sum() + y.sum() + 1e-5)
    return F.cross_entropy(logits, target) - dice


def make_step(autocast):
    network = Unet().to(device, memory_format=torch.channels_last)
    image = torch.randn(BATCH, 1, EDGE, EDGE, device=device).to(memory_format=torch.channels_last)
    targets = [(torch.rand(BATCH, EDGE >> i, EDGE >> i, device=device) < 0.1).long() for i in range(5)]
    # Of the resolutions; the lowest does not count.
    weights = [w / 1.875 for w in (1, 0.5, 0.25, 0.125)]
    optimizer = torch.optim.SGD(network.parameters(), 0.01, weight_decay=3e-5, momentum=0.99, nesterov=True)

    def step():
        optimizer.zero_grad(set_to_none=True)
        with autocast:
            outputs = network(image)
        loss = sum(w * dice_and_cross_entropy(z.float(), y) for w, z, y in zip(weights, outputs, targets))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 12)
        optimizer.step()
        return loss.item()

    return step


time_modes(f"the plan's U-Net, {EDGE} px, batch {BATCH}", make_step, 2 if tiny else 10)
