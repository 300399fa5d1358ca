"""The peer of audit.bench.mjs: damaged, turned and doubled images of FracAtlas, in one process.

The hash is that of the package: signs of the 16 x 16 lowest DCT-II coefficients of a grey thumbnail of 64 x 64 pixels, of the
whole image in all eight placements and of its upper half; pairs less than 64 of 256 bits apart are compared by the correlation of
their Laplacians, clipped at the 95th percentile.

Usage: audit_pillow_numpy.py ATLAS
"""

import glob
import hashlib
import io
import json
import os
import sys

import numpy
from PIL import Image, ImageFile, ImageOps

SIDE, LOW, CANDIDATE_BITS, LEAST_CORRELATION = 64, 16, 64, 0.8


def thumbnail(content):
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("L")
    return numpy.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BILINEAR), numpy.float64)


def cosines(length):
    frequency, position = numpy.arange(LOW)[:, None], numpy.arange(length)[None]
    return numpy.cos(numpy.pi * frequency * (2 * position + 1) / (2 * length))


def coefficients(image):
    return cosines(len(image)) @ image @ cosines(SIDE).T


def packed(signs):
    signs = signs.copy()
    signs[0, 0] = False
    return numpy.packbits(signs).view(numpy.uint64)


def place(array, transposed, flip_x, flip_y):
    array = array.T if transposed else array
    array = array[:, ::-1] if flip_x else array
    return array[::-1] if flip_y else array


def place_frequencies(low, transposed, flip_x, flip_y):
    odd = numpy.where(numpy.arange(LOW) % 2, -1, 1)
    low = low.T if transposed else low
    low = low * odd[None] if flip_x else low
    return low * odd[:, None] if flip_y else low


def detail(image):
    centre = 4 * image[1:-1, 1:-1]
    edges = centre - image[:-2, 1:-1] - image[2:, 1:-1] - image[1:-1, :-2] - image[1:-1, 2:]
    strengths = numpy.sort(numpy.abs(edges).ravel())
    limit = strengths[int(len(strengths) * 0.95)]
    return (numpy.clip(edges, -limit, limit) if limit > 0 else edges).ravel()


def correlation(one, other):
    one, other = detail(one), detail(other)
    one, other = one - one.mean(), other - other.mean()
    norm = numpy.sqrt((one @ one) * (other @ other))
    return one @ other / norm if norm > 0 else 0.0


files = sorted(glob.glob(os.path.join(sys.argv[1], "images", "*", "*.jpg")), key=os.path.basename)
damaged, digests, thumbnails = [], [], []
for file in files:
    with open(file, "rb") as stream:
        content = stream.read()
    digests.append(hashlib.sha256(content).hexdigest())
    try:
        thumbnails.append(thumbnail(content))
    except OSError:
        damaged.append(file)
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        thumbnails.append(thumbnail(content))
        ImageFile.LOAD_TRUNCATED_IMAGES = False

placements = [(t, x, y) for t in (False, True) for y in (False, True) for x in (False, True)]
lows = [coefficients(image) for image in thumbnails]
tables = [numpy.array([packed(place_frequencies(low, *p) > 0) for low in lows]) for p in placements]
uppers = numpy.array([packed(coefficients(image[: SIDE // 2]) > 0) for image in thumbnails])
pairs = 0
for i in range(len(files)):
    rest = slice(i + 1, None)
    apart = [numpy.bitwise_count(tables[0][i] ^ table[rest]).sum(1) for table in tables]
    upper = numpy.bitwise_count(uppers[i] ^ uppers[rest]).sum(1)
    for k in numpy.flatnonzero((numpy.min(apart, 0) < CANDIDATE_BITS) | (upper < CANDIDATE_BITS)):
        j = i + 1 + k
        near = digests[i] == digests[j] or any(
            bits[k] < CANDIDATE_BITS and correlation(thumbnails[i], place(thumbnails[j], *p)) >= LEAST_CORRELATION
            for bits, p in zip(apart, placements)
        )
        half = SIDE // 2
        pairs += near or (
            upper[k] < CANDIDATE_BITS and correlation(thumbnails[i][:half], thumbnails[j][:half]) >= LEAST_CORRELATION
        )
print(json.dumps({"images": len(files), "damaged": len(damaged), "pairs": int(pairs)}))
