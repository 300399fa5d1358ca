"""The peer of convert.bench.mjs: the same conversion as a Python user writes it, in one process.

Usage: pillow_pycocotools_nibabel.py IMAGES ANNOTATIONS IDS OUT WIDTH HEIGHT
"""

import json
import os
import resource
import sys
import time

import nibabel
import numpy
from PIL import Image, ImageOps
from pycocotools import mask

images, annotations, ids, out, width, height = sys.argv[1:]
size = (int(width), int(height))

start = time.perf_counter()
cpu = time.process_time()
with open(annotations, encoding="utf-8") as file:
    coco = json.load(file)
by_name = {image["file_name"]: image for image in coco["images"]}
by_image = {}
for annotation in coco["annotations"]:
    by_image.setdefault(annotation["image_id"], []).append(annotation)
for folder in ("imagesTr", "labelsTr"):
    os.makedirs(os.path.join(out, folder), exist_ok=True)

with open(ids, encoding="utf-8") as file:
    names = file.read().split()
for number, name in enumerate(names, 1):
    image = by_name[name]
    picture = ImageOps.exif_transpose(Image.open(os.path.join(images, name))).convert("L")
    grey = numpy.asarray(picture.resize(size, Image.Resampling.LANCZOS))
    label = numpy.zeros((size[1], size[0]), numpy.uint8)
    scale = numpy.array([size[0] / image["width"], size[1] / image["height"]])
    for annotation in by_image.get(image["id"], []):
        polygons = [(numpy.reshape(part, (-1, 2)) * scale).ravel().tolist() for part in annotation["segmentation"]]
        label |= mask.decode(mask.merge(mask.frPyObjects(polygons, size[1], size[0])))
    for folder, ending, array in (("imagesTr", "_0000", grey), ("labelsTr", "", label)):
        volume = nibabel.Nifti1Image(array.T[..., None], numpy.eye(4))
        nibabel.save(volume, os.path.join(out, folder, f"fra_{number:04d}{ending}.nii.gz"))
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
spent = time.process_time() - cpu
print(json.dumps({"images": len(names), "seconds": seconds, "cpuSeconds": spent, "peakMiB": peak}))
