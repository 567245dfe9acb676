"""What all sample makers share: one seed, one thread, one way to describe and save a model."""
import io
import json
import pathlib
import random
import warnings

import numpy as np
import onnx
import torch

SEED = 20260
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"
EXPECTED = pathlib.Path(__file__).resolve().parent / "expected.json"
OPSET = 13


def settle():
    """Same seed and one thread: sums are then added in one order and a second run gives the same file."""
    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    # Known and harmless: lazy layers are called new, U-Net's crop is meant to be a constant.
    warnings.filterwarnings("ignore", message="Lazy modules")
    warnings.filterwarnings("ignore", category=torch.jit.TracerWarning)


def preparation(order, resize="crop", mean=None, std=None):
    """How an image becomes numbers: (pixel * scale - mean) / std, per channel in this order."""
    channels = 1 if order == "grey" else 3
    return {
        "scale": 1 / 255,
        "mean": mean or [0] * channels,
        "std": std or [1] * channels,
        "order": order,
        "resize": resize,
    }


IMAGENET = preparation("RGB", mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225])


def export(net, shape, output_names):
    """torch's own exporter, in memory; returns the model. Conv and BatchNorm come out folded, as users' files have it."""
    buffer = io.BytesIO()
    torch.onnx.export(net.eval(), torch.zeros(shape), buffer, opset_version=OPSET, input_names=["image"], output_names=output_names)
    return name_weights(onnx.load_from_string(buffer.getvalue()))


def name_weights(model):
    """Folding leaves weights called onnx::Conv_193; they get back the name of their layer, e.g. layer1.0.conv1.weight."""
    anonymous = {t.name: t for t in model.graph.initializer if t.name.startswith("onnx::")}
    for node in model.graph.node:
        for place, old in enumerate(node.input):
            if old not in anonymous:
                continue
            # A torch scope repeats its parents: /layer1/layer1.0/conv1/Conv is the module layer1.0.conv1.
            parts = node.name.strip("/").split("/")[:-1]
            own = [p for p, after in zip(parts, [*parts[1:], ""]) if not after.startswith(f"{p}.")]
            node.input[place] = anonymous[old].name = ".".join([*own, ("input", "weight", "bias")[place]])
    return model


def save(model, file, doc, weights, prepare, labels=None, images=None):
    """Writes samples/FILE with the metadata that ConvLens reads."""
    model.graph.doc_string = doc
    # torch names the graph after its tracer; a reader of the file deserves the network's name.
    model.graph.name = pathlib.Path(file).stem
    props = {"convlens.weights": weights, "convlens.preparation": json.dumps(prepare, separators=(",", ":"))}
    if labels:
        props["convlens.labels"] = labels
    if images:
        props["convlens.images"] = images
    onnx.helper.set_model_props(model, props)
    onnx.checker.check_model(model)
    target = SAMPLES / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(model.SerializeToString())
    print(f"{file}: {target.stat().st_size} bytes")


def ramp(shape):
    """An input that any language can write down again: value k = ((k * 7919) mod 1009) / 1009."""
    k = np.arange(int(np.prod(shape)), dtype=np.int64)
    return torch.from_numpy((((k * 7919) % 1009) / 1009).astype(np.float32).reshape(shape))


def remember(file, net, shape, output_names):
    """Notes what torch computes for ramp(shape), so that check.mjs can hold another runtime against it."""
    with torch.no_grad():
        outputs = net.eval()(ramp(shape))
    outputs = outputs if isinstance(outputs, (tuple, list)) else [outputs]
    entry = {}
    for name, value in zip(output_names, outputs):
        flat = value.flatten().double().numpy()
        step = max(1, flat.size // 48)
        entry[name] = {
            "dims": list(value.shape),
            "mean": float(flat.mean()),
            "largest": float(np.abs(flat).max()),
            "step": step,
            "values": [float(f"{v:.7g}") for v in flat[::step][:64]],
        }
    known = json.loads(EXPECTED.read_text()) if EXPECTED.exists() else {}
    known[file] = {"input": list(shape), "outputs": entry}
    EXPECTED.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n")


def write_lines(file, lines):
    target = SAMPLES / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n")
