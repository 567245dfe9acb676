"""Makes a network's narrow twin: the same plan with fewer channels and real, seeded weights, small enough to keep and to run."""
import math

import numpy as np
import torch
from PIL import Image
from torch import nn

from common import SAMPLES

CLASSES = 100


def lazy(layer, width, dense):
    """The layer with its outputs scaled; its inputs are whatever reaches it in the first pass."""
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        outputs = layer.out_channels if layer.out_channels == 2 else math.ceil(layer.out_channels * width)
        kind = nn.LazyConvTranspose2d if isinstance(layer, nn.ConvTranspose2d) else nn.LazyConv2d
        # Depthwise: as many groups as channels, and the channels shrink.
        groups = outputs if layer.groups > 1 else 1
        bias = layer.bias is not None
        return kind(outputs, layer.kernel_size, layer.stride, layer.padding, groups=groups, bias=bias, dilation=layer.dilation)
    if isinstance(layer, nn.BatchNorm2d):
        # No momentum: the statistics become the plain mean over what calibrate() shows.
        return nn.LazyBatchNorm2d(eps=layer.eps, momentum=None)
    if isinstance(layer, nn.Linear):
        return nn.LazyLinear(CLASSES if layer.out_features == 1000 else math.ceil(layer.out_features * dense))
    return None


def shrink(module, width, dense):
    for name, child in module.named_children():
        instead = lazy(child, width, dense)
        if instead is None:
            shrink(child, width, dense)
        else:
            setattr(module, name, instead)
    return module


def randomise(net):
    """He's initialisation, and no two biases alike: torch 1.13's exporter would make equal tensors one, with Identity nodes."""
    for layer in net.modules():
        if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
            # A transposed convolution's first axis is its input, hence fan_out there.
            fan = "fan_out" if isinstance(layer, nn.ConvTranspose2d) else "fan_in"
            nn.init.kaiming_normal_(layer.weight, mode=fan, nonlinearity="relu")
            if layer.bias is not None:
                nn.init.normal_(layer.bias, std=0.01)
        elif isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.weight, 0.8, 1.2)
            nn.init.normal_(layer.bias, std=0.1)


def photographs(shape, mean, std):
    """The samples' own photographs, cut square, as the network is fed them."""
    batch = []
    for name in ("astronaut.jpg", "chelsea.jpg", "rocket.jpg"):
        picture = Image.open(SAMPLES / "images" / name).convert("L" if shape[1] == 1 else "RGB")
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        picture = picture.crop((left, top, left + side, top + side)).resize((shape[3], shape[2]), Image.BILINEAR)
        batch.append((np.asarray(picture, np.float32).reshape(shape[2], shape[3], -1) / 255 - mean) / std)
    return torch.from_numpy(np.stack(batch).astype(np.float32)).permute(0, 3, 1, 2).contiguous()


def centre(layer, _, output):
    """Sets the bias so that every channel is zero on average, or ReLU would leave some maps black whatever the picture."""
    if layer.bias is None:
        return None
    mean = output.mean((0, 2, 3))
    layer.bias -= mean
    return output - mean[:, None, None]


def calibrate(net, batch):
    """Fits BatchNorm's statistics and the convolutions' biases to photographs: an untrained net's maps then stay in range."""
    hooks = []
    for layer in net.modules():
        # Only BatchNorm is to measure; dropout stays off.
        if not list(layer.children()):
            layer.train(isinstance(layer, nn.BatchNorm2d))
        if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
            hooks.append(layer.register_forward_hook(centre))
    with torch.no_grad():
        net(batch)
    for hook in hooks:
        hook.remove()
    return net.eval()


def narrow(net, shape, width, dense, mean, std):
    shrink(net, width, dense).eval()
    with torch.no_grad():
        net(torch.zeros(shape))
    randomise(net)
    return calibrate(net, photographs(shape, np.array(mean), np.array(std)))
