"""What a processor reaches at best, a process for `asServer`: convolution_torch.py float32|bfloat16 does one that suits it.

A 3 x 3 convolution of 16 maps of 28 x 28 with 256 channels, channels last, which oneDNN computes at close to the processor's peak.
"""

import sys

import torch
from serve import serve

number = getattr(torch, sys.argv[1])
maps = torch.randn(16, 256, 28, 28, dtype=number).to(memory_format=torch.channels_last)
kernel = torch.randn(256, 256, 3, 3, dtype=number).to(memory_format=torch.channels_last)


@torch.no_grad()
def convolve():
    torch.nn.functional.conv2d(maps, kernel, padding=1)


convolve()
serve(f"limit: one convolution, 28 x 28, 256 channels, PyTorch {torch.__version__}", convolve)
