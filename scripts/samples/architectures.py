#!/usr/bin/python3
"""Writes samples/architectures: each network full-size without weights worth keeping, and a narrow twin that runs.

Needs Debian's python3-torch, python3-torchvision, python3-onnx and python3-pil; three gigabytes of memory for VGG-16.
"""
import sys

import numpy as np
from onnx import helper, numpy_helper

from common import IMAGENET, export, preparation, remember, save, settle
from narrow import narrow, randomise
from nets import NETS


def light(model):
    """Replaces every float weight by a ConstantOfShape of the same size: true graph and parameter counts in a few kilobytes.

    A weight is 1 over its fan-in, so a layer averages what it sees and numbers stay in range however deep the net.
    """
    kept, nodes = [], []
    for tensor in model.graph.initializer:
        if tensor.data_type != 1:
            kept.append(tensor)
            continue
        dims = list(tensor.dims)
        value = 1 / int(np.prod(dims[1:])) if len(dims) > 1 else 0.01
        shape = f"{tensor.name}.shape"
        kept.append(numpy_helper.from_array(np.array(dims, np.int64), shape))
        fill = helper.make_tensor("value", 1, [1], [value])
        nodes.append(helper.make_node("ConstantOfShape", [shape], [tensor.name], name=f"{tensor.name}/ConstantOfShape", value=fill))
    nodes += model.graph.node
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(nodes)
    return model


def make(name):
    maker, shape, outputs, sentence, width, dense = NETS[name]
    prepare = IMAGENET if shape[1] == 3 else preparation("grey")
    settle()
    net = maker()
    randomise(net)
    full = light(export(net, shape, outputs))
    del net
    save(full, f"architectures/{name}.onnx", f"{sentence}, full size, every weight a constant.", "untrained", prepare, images="../images")
    settle()
    net = narrow(maker(), shape, width, dense, prepare["mean"], prepare["std"])
    file = f"architectures/{name}-narrow.onnx"
    doc = f"{sentence}, fewer channels, random weights."
    save(export(net, shape, outputs), file, doc, "untrained", prepare, images="../images")
    remember(file, net, shape, outputs)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or NETS:
        make(wanted)
