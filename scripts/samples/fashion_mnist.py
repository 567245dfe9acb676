#!/usr/bin/python3
"""Trains samples/fashion-mnist/fashion-mnist.onnx and picks its labels and images. About four minutes on one core.

Needs Debian's python3-torch, python3-onnx, python3-pil and dataset-fashion-mnist.
"""
import gzip
import pathlib

import numpy as np
import torch
from PIL import Image
from torch import nn

from common import SAMPLES, export, preparation, remember, save, settle, write_lines

DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
LABELS = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
EPOCHS = 12
BATCH = 128
# One image a class, two of the shoes that look most alike: a dozen.
WANTED = {"Sneaker": 2, "Ankle boot": 2}


class Net(nn.Module):
    """LeNet-5's plan, a little wider, with max pooling and ReLU."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 12, 5, padding=2)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(12, 24, 5)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2)
        self.flatten = nn.Flatten()
        self.fc1 = nn.Linear(24 * 5 * 5, 120)
        self.relu3 = nn.ReLU()
        self.dropout = nn.Dropout(0.3)
        self.fc2 = nn.Linear(120, 84)
        self.relu4 = nn.ReLU()
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = self.dropout(self.relu3(self.fc1(self.flatten(x))))
        return self.fc3(self.relu4(self.fc2(x)))


class Classifier(Net):
    """The trained net with probabilities at its end. Training needs the logits, a reader the probabilities."""

    def __init__(self, trained):
        super().__init__()
        self.softmax = nn.Softmax(dim=1)
        self.load_state_dict(trained.state_dict())

    def forward(self, x):
        return self.softmax(super().forward(x))


def read(kind):
    images = gzip.decompress((DATA / f"{kind}-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((DATA / f"{kind}-labels-idx1-ubyte.gz").read_bytes())
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 1, 28, 28).copy()
    return torch.from_numpy(pixels), torch.from_numpy(np.frombuffer(labels, np.uint8, offset=8).astype(np.int64))


def feed(pixels):
    return pixels.float() / 255


def probabilities(net, pixels):
    net.eval()
    with torch.no_grad():
        return torch.cat([net(feed(part)) for part in pixels.split(1000)])


def train(net, pixels, labels):
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    steps = EPOCHS * (len(pixels) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for epoch in range(EPOCHS):
        net.train()
        order = torch.randperm(len(pixels))
        total = 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            pick = order[at : at + BATCH]
            batch = feed(pixels[pick])
            # The set's shoes all point left; a reader's own picture may not.
            if torch.rand(()) < 0.5:
                batch = batch.flip(3)
            loss = nn.functional.cross_entropy(net(batch), labels[pick])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss)
        print(f"epoch {epoch + 1}: loss {total / (len(pixels) // BATCH):.4f}", flush=True)


def write_images(pixels, labels, answers):
    """The first images of the test set, class by class, that the network gets right."""
    folder = SAMPLES / "fashion-mnist" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for index, label in enumerate(LABELS):
        slug = label.lower().replace("/", "-").replace(" ", "-")
        right = torch.nonzero((labels == index) & (answers == index)).flatten()
        for number, at in enumerate(right[: WANTED.get(label, 1)].tolist(), 1):
            Image.fromarray(pixels[at, 0].numpy()).save(folder / f"{slug}-{number}.png", optimize=True)
            print(f"{slug}-{number}.png: test image {at}")


def main():
    settle()
    net = Net()
    train(net, *read("train"))
    net = Classifier(net)
    pixels, labels = read("t10k")
    answers = probabilities(net, pixels).argmax(1)
    print(f"test accuracy {float((answers == labels).float().mean()):.4f}")
    for index, label in enumerate(LABELS):
        print(f"  {label}: {float((answers[labels == index] == index).float().mean()):.3f}")
    file = "fashion-mnist/fashion-mnist.onnx"
    save(
        export(net, (1, 1, 28, 28), ["probabilities"]),
        file,
        "A small LeNet that tells ten kinds of garments apart, trained on Fashion-MNIST.",
        "trained",
        preparation("grey"),
        "labels.txt",
        "images",
    )
    remember(file, net, (1, 1, 28, 28), ["probabilities"])
    write_lines("fashion-mnist/labels.txt", LABELS)
    write_images(pixels, labels, answers)


if __name__ == "__main__":
    main()
