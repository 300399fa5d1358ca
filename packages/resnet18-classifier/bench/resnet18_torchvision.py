"""Images a second of torchvision's ResNet-18 on the CPU: the peer of resnet18.bench.mjs."""

import sys
import time

import torch
from torchvision.models import resnet18

size, batch = (int(value) for value in (sys.argv[1:] + ["128", "16"][len(sys.argv) - 1 :]))
model = resnet18(weights=None, num_classes=2)
model.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False)
optimizer = torch.optim.Adam(model.parameters(), 1e-3)
images = torch.randn(batch, 1, size, size)
labels = torch.arange(batch) % 2


def train():
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(images), labels).backward()
    optimizer.step()


def predict():
    with torch.inference_mode():
        model(images)


for name, mode, step in (("training", True, train), ("predicting", False, predict)):
    model.train(mode)
    step()
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        step()
        times.append(time.perf_counter() - begin)
    print(f"{name:11} {batch / sorted(times)[2]:.1f} images a second")
