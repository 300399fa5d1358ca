"""torchvision's ResNet-18, a process for `asServer`: resnet18_torchvision.py step|forward SIZE BATCH default|channels_last|bfloat16."""

import sys
from pathlib import Path

import torch
from torchvision.models import resnet18

sys.path.append(str(Path(__file__).parents[3] / "tools" / "bench"))
from serve import serve  # noqa: E402

what, size, batch, mode = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
model = resnet18(weights=None, num_classes=2)
model.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False)
images = torch.randn(batch, 1, size, size)
labels = torch.arange(batch) % 2
if mode == "channels_last":
    model = model.to(memory_format=torch.channels_last)
    images = images.to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), 1e-3)
autocast = torch.autocast("cpu", torch.bfloat16, enabled=mode == "bfloat16")


def step():
    optimizer.zero_grad(set_to_none=True)
    with autocast:
        loss = torch.nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def forward():
    with torch.inference_mode(), autocast:
        model(images)


model.train(what == "step")
work = step if what == "step" else forward
work()
serve(f"torchvision, PyTorch {torch.__version__} {mode}", work)
