"""Writes the shapes network as ONNX by hand, node by node, with the names torch's exporter would give.

MaxPool's Indices in ONNX count over the whole N*C*H*W tensor, torch's over one plane; MaxUnpool takes them the same way,
so the two agree although the numbers differ. BatchNormalization stays a node of its own: a sample should have one.
"""
from onnx import TensorProto, helper, numpy_helper

from common import OPSET


class Writer:
    def __init__(self):
        self.nodes, self.weights = [], []

    def node(self, op, inputs, name, outputs=1, **attributes):
        names = [f"{name}_output_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, name=name, **attributes))
        return names[0] if outputs == 1 else names

    def weight(self, name, tensor):
        self.weights.append(numpy_helper.from_array(tensor.detach().numpy(), name))
        return name

    def conv(self, x, scope, layer):
        names = [self.weight(f"{scope}.{part}", getattr(layer, part)) for part in ("weight", "bias")]
        return self.node(
            "Conv",
            [x, *names],
            f"/{scope.replace('.', '/')}/Conv",
            dilations=list(layer.dilation),
            group=layer.groups,
            kernel_shape=list(layer.kernel_size),
            pads=list(layer.padding) * 2,
            strides=list(layer.stride),
        )

    def block(self, x, scope, layers):
        conv, norm, _ = layers
        x = self.conv(x, f"{scope}.0", conv)
        names = [self.weight(f"{scope}.1.{part}", getattr(norm, part)) for part in ("weight", "bias", "running_mean", "running_var")]
        x = self.node("BatchNormalization", [x, *names], f"/{scope}/1/BatchNormalization", epsilon=norm.eps)
        return self.node("Relu", [x], f"/{scope}/2/Relu")

    def pool(self, x, name):
        return self.node("MaxPool", [x], f"/{name}/MaxPool", 2, kernel_shape=[2, 2], strides=[2, 2])

    def unpool(self, x, indices, name):
        return self.node("MaxUnpool", [x, indices], f"/{name}/MaxUnpool", kernel_shape=[2, 2], strides=[2, 2])


def write(net, shape):
    """The forward pass of shapes.Net, once more, as nodes."""
    net.eval()
    w = Writer()
    first = w.block("image", "enc1", net.enc1)
    x, at1 = w.pool(first, "pool1")
    x, at2 = w.pool(w.block(x, "enc2", net.enc2), "pool2")
    x, at3 = w.pool(w.block(x, "enc3", net.enc3), "pool3")
    x = w.block(w.block(x, "middle1", net.middle1), "middle2", net.middle2)
    x = w.block(w.unpool(x, at3, "unpool3"), "dec3", net.dec3)
    x = w.block(w.unpool(x, at2, "unpool2"), "dec2", net.dec2)
    x = w.node("Concat", [w.unpool(x, at1, "unpool1"), first], "/skip/Concat", axis=1)
    x = w.conv(w.block(x, "dec1", net.dec1), "classify", net.classify)
    w.nodes.append(helper.make_node("Softmax", [x], ["probabilities"], name="/softmax/Softmax", axis=1))
    n, _, height, width = shape
    graph = helper.make_graph(
        w.nodes,
        "shapes",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, (n, net.classify.out_channels, height, width))],
        w.weights,
    )
    # IR 7 goes with opset 13, as torch writes it; a newer number would shut older runtimes out for nothing.
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=7, producer_name="convlens-samples")
