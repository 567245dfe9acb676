#!/usr/bin/python3
"""Writes samples/labels/imagenet.txt from the list in Debian's python3-torchvision (BSD-3-Clause)."""
from torchvision.models._meta import _IMAGENET_CATEGORIES

from common import write_lines

if __name__ == "__main__":
    assert len(_IMAGENET_CATEGORIES) == 1000
    write_lines("labels/imagenet.txt", _IMAGENET_CATEGORIES)
