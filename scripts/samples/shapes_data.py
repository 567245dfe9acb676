"""Draws the pictures of samples/shapes: coloured circles, squares and triangles on noisy ground, with the class of each pixel."""
import numpy as np

SIDE = 64
LABELS = ["background", "circle", "square", "triangle"]


def smooth_noise(rng, cells):
    """A coarse random field stretched over the picture: the ground is not flat, so colour alone gives nothing away."""
    coarse = rng.random((cells + 1, cells + 1, 3))
    at = np.linspace(0, cells, SIDE, endpoint=False)
    low = at.astype(int)
    part = (at - low)[:, None, None]
    rows = coarse[low] * (1 - part) + coarse[low + 1] * part
    part = (at - low)[None, :, None]
    return rows[:, low] * (1 - part) + rows[:, low + 1] * part


def inside(kind, x, y, radius, angle):
    """True where a pixel lies in a shape of this radius around the origin."""
    if kind == 1:
        return x * x + y * y <= radius * radius
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    if kind == 2:
        # Sides and radii are set so that the kinds differ little in size: form must tell them apart.
        return np.maximum(abs(u), abs(v)) <= radius * 0.88
    # An equilateral triangle is where three half planes meet.
    return np.maximum(v, np.maximum(u * 0.866 - v * 0.5, -u * 0.866 - v * 0.5)) <= radius * 0.66


def draw(rng):
    """One picture: SIDE x SIDE x 3 bytes, and the class of each pixel."""
    picture = 0.15 + 0.7 * smooth_noise(rng, int(rng.integers(2, 6))) * rng.uniform(0.4, 1, 3)
    mask = np.zeros((SIDE, SIDE), np.uint8)
    row, column = np.mgrid[0:SIDE, 0:SIDE]
    taken = []
    for _ in range(int(rng.integers(2, 5))):
        radius = rng.uniform(8, 14)
        x, y = rng.uniform(radius, SIDE - radius, 2)
        # Touching is allowed, hiding is not: a covered shape has no honest answer.
        if any(np.hypot(x - a, y - b) < 0.95 * (radius + r) for a, b, r in taken):
            continue
        taken.append((x, y, radius))
        kind = int(rng.integers(1, 4))
        where = inside(kind, column - x, row - y, radius, rng.uniform(0, 2 * np.pi))
        ground = picture[where].mean(0)
        colour = rng.random(3)
        while abs(colour - ground).max() < 0.3:  # nobody could see it
            colour = rng.random(3)
        picture[where] = colour
        mask[where] = kind
    picture += rng.normal(0, rng.uniform(0.02, 0.08), picture.shape)
    return (picture.clip(0, 1) * 255).round().astype(np.uint8), mask


def draw_many(seed, count):
    rng = np.random.default_rng(seed)
    pairs = [draw(rng) for _ in range(count)]
    return np.stack([p for p, _ in pairs]), np.stack([m for _, m in pairs])
