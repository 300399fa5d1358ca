"""A forward pass by another runtime, a process for `asServer`: prediction_peers.py RUNTIME float32|bfloat16 FOLDER.

RUNTIME is openvino, onnxruntime, eager or inductor (PyTorch). The folder has what prediction.bench.mjs writes: network.onnx, images.npy
and probabilities.npy, channels last. The greeting tells the largest difference of a probability.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[3] / "tools" / "bench"))
from serve import serve  # noqa: E402

runtime, precision, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
model = str(folder / "network.onnx")
shape = [int(n) for n in (folder / "shape.txt").read_text().split()]
images = np.fromfile(folder / "images.bin", np.float32).reshape(shape)[..., 0][:, None]


def openvino():
    import openvino as ov

    core = ov.Core()
    network = core.read_model(model)
    network.reshape({"input": list(images.shape)})
    hint = {"float32": "f32", "bfloat16": "bf16"}[precision]
    compiled = core.compile_model(network, "CPU", {"INFERENCE_PRECISION_HINT": hint, "PERFORMANCE_HINT": "LATENCY"})
    request = compiled.create_infer_request()
    output = compiled.output("logits")
    return f"OpenVINO {ov.__version__.split('-')[0]}", lambda: request.infer({"input": images})[output]


def onnxruntime():
    import onnxruntime as ort

    session = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    return f"ONNX Runtime {ort.__version__}", lambda: session.run(["logits"], {"input": images})[0]


def pytorch():
    import onnx
    import torch
    import torch.nn.functional as F
    from onnx import numpy_helper

    graph = onnx.load(model).graph
    weights = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
    steps = [(n.op_type, list(n.input), n.output[0], {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in graph.node]

    def convolution(x, kernel, bias, how):
        strides, size = how["strides"], kernel.shape[2:]
        if how.get("auto_pad") == b"SAME_UPPER":
            pads = [max((-(-n // s) - 1) * s + k - n, 0) for n, s, k in zip(x.shape[2:], strides, size)]
            x = F.pad(x, [pads[1] // 2, pads[1] - pads[1] // 2, pads[0] // 2, pads[0] - pads[0] // 2])
            padding = 0
        else:
            padding = how["pads"][: len(size)]
        return F.conv2d(x, kernel, bias, strides, padding, groups=how.get("group", 1))

    def resize(x, how):
        if how["mode"] == b"nearest":
            return F.interpolate(x, scale_factor=2, mode="nearest")
        return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)

    operations = {
        "Conv": lambda x, k, b=None, how=None: convolution(x, k, b, how),
        "ConvTranspose": lambda x, k, b=None, how=None: F.conv_transpose2d(x, k, b, how["strides"]),
        "InstanceNormalization": lambda x, s, o, how: F.instance_norm(x, weight=s, bias=o, eps=how["epsilon"]),
        "LeakyRelu": lambda x, how: F.leaky_relu(x, how["alpha"]),
        "Relu": lambda x, how: F.relu(x),
        "Clip": lambda x, low, high, how: F.relu6(x),
        "Add": lambda a, b, how: a + b,
        "Concat": lambda *parts, how: torch.cat(parts, how["axis"]),
        "Resize": lambda x, scales, how: resize(x, how),
        "ReduceMean": lambda x, how: x.mean(how["axes"]),
        "Gemm": lambda x, k, b, how: F.linear(x, k, b),
    }

    def forward(x):
        values = {"input": x}
        for operation, inputs, output, how in steps:
            given = [values[name] if name in values else weights[name] for name in inputs if name != ""]
            values[output] = operations[operation](*given, how=how)
        return values["logits"]

    network = torch.compile(forward) if runtime == "inductor" else forward
    x = torch.from_numpy(images).contiguous(memory_format=torch.channels_last)
    weights = {k: w.contiguous(memory_format=torch.channels_last) if w.dim() == 4 else w for k, w in weights.items()}

    def run():
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            return network(x).float().numpy()

    return f"PyTorch {torch.__version__} {runtime}", run


name, run = {"openvino": openvino, "onnxruntime": onnxruntime}.get(runtime, pytorch)()
logits = np.moveaxis(np.asarray(run()), 1, -1)
exponents = np.exp(logits - logits.max(-1, keepdims=True))
probabilities = exponents / exponents.sum(-1, keepdims=True)
expected = np.fromfile(folder / "probabilities.bin", np.float32).reshape(probabilities.shape)
serve(f"{name}, {precision}, probabilities within {np.abs(probabilities - expected).max():.0e}", run)
