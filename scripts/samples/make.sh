#!/bin/sh
# Makes samples/ again: models, labels and drawn images. Takes about eight minutes on one core and 3 GB of memory.
# Needs Debian's python3-torch python3-torchvision python3-onnx python3-pil dataset-fashion-mnist.
# The photographs of samples/images are kept as they are: nothing here makes them, and narrow.py reads them.
# Not part of npm test; afterwards: node scripts/samples/check.mjs --full
set -e
cd "$(dirname "$0")"
export PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 labels.py
/usr/bin/python3 architectures.py
/usr/bin/python3 fashion_mnist.py
/usr/bin/python3 shapes.py
