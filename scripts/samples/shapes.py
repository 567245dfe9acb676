#!/usr/bin/python3
"""Trains samples/shapes/shapes.onnx, an encoder-decoder with unpooling. About five minutes on one core.

Needs Debian's python3-torch, python3-onnx and python3-pil. torch 1.13 cannot export MaxUnpool2d: shapes_onnx.py writes the file.
"""
import numpy as np
import torch
from PIL import Image
from torch import nn

from common import SAMPLES, SEED, preparation, remember, save, settle, write_lines
from shapes_data import LABELS, SIDE, draw_many
from shapes_onnx import write

STEPS = 3000
BATCH = 16
TRAIN, FRESH = 6000, 1000
IMAGES = 8


def block(inputs, outputs):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU())


class Net(nn.Module):
    """SegNet's idea: the decoder puts each value back where the encoder's maximum was. One skip keeps the fine edges."""

    def __init__(self):
        super().__init__()
        self.enc1, self.enc2, self.enc3 = block(3, 16), block(16, 32), block(32, 48)
        self.middle1, self.middle2 = block(48, 48), block(48, 48)
        self.dec3, self.dec2, self.dec1 = block(48, 32), block(32, 16), block(32, 16)
        self.classify = nn.Conv2d(16, len(LABELS), 1)
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.unpool = nn.MaxUnpool2d(2)

    def forward(self, x):
        first = self.enc1(x)
        x, at1 = self.pool(first)
        x, at2 = self.pool(self.enc2(x))
        x, at3 = self.pool(self.enc3(x))
        x = self.middle2(self.middle1(x))
        x = self.dec3(self.unpool(x, at3))
        x = self.dec2(self.unpool(x, at2))
        x = self.dec1(torch.cat([self.unpool(x, at1), first], 1))
        return self.classify(x)


class Segmenter(nn.Module):
    """With probabilities at the end, as the file has it."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(x).softmax(1)


def feed(pictures):
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255


def train(net):
    pictures, masks = draw_many(SEED, TRAIN)
    masks = torch.from_numpy(masks).long()
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, total_steps=STEPS)
    # Background is four pixels in five; without weights the net begins by seeing nothing else.
    weights = torch.tensor([0.5, 1.0, 1.0, 1.0])
    net.train()
    for step in range(STEPS):
        pick = torch.randint(TRAIN, (BATCH,))
        turn = int(torch.randint(4, ()))
        batch = feed(pictures[pick.numpy()]).rot90(turn, (2, 3))
        loss = nn.functional.cross_entropy(net(batch), masks[pick].rot90(turn, (1, 2)), weights)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 99:
            print(f"step {step + 1}: loss {float(loss):.4f}", flush=True)


def intersection_over_union(net, pictures, masks):
    """Per class, over all pixels of all pictures."""
    net.eval()
    with torch.no_grad():
        answers = torch.cat([net(feed(part)).argmax(1) for part in np.array_split(pictures, len(pictures) // 50)]).numpy()
    return [float(((answers == k) & (masks == k)).sum() / ((answers == k) | (masks == k)).sum()) for k in range(len(LABELS))]


def write_images(pictures, masks):
    """The first fresh pictures that show every class, and beside them the truth (byte = class) for check.mjs."""
    folders = [SAMPLES / "shapes" / "images", SAMPLES / "shapes" / "masks"]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
    full = [at for at in range(len(masks)) if len(np.unique(masks[at])) == len(LABELS)]
    for number, at in enumerate(full[:IMAGES], 1):
        Image.fromarray(pictures[at]).save(folders[0] / f"shapes-{number}.png", optimize=True)
        Image.fromarray(masks[at]).save(folders[1] / f"shapes-{number}.png", optimize=True)


def main():
    settle()
    net = Net()
    train(net)
    pictures, masks = draw_many(SEED + 1, FRESH)
    scores = intersection_over_union(net, pictures, masks)
    print(f"IoU on {FRESH} fresh pictures: mean {np.mean(scores):.4f};", ", ".join(f"{k} {v:.3f}" for k, v in zip(LABELS, scores)))
    shape = (1, 3, SIDE, SIDE)
    file = "shapes/shapes.onnx"
    save(
        write(net, shape),
        file,
        "A small encoder-decoder with max unpooling that marks circles, squares and triangles, trained on drawn pictures.",
        "trained",
        preparation("RGB"),
        "labels.txt",
        "images",
    )
    remember(file, Segmenter(net), shape, ["probabilities"])
    write_lines("shapes/labels.txt", LABELS)
    write_images(pictures, masks)


if __name__ == "__main__":
    main()
