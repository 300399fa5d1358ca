"""The peer of rankings.bench.mjs: `rankings_python.py auc|bbox|segm FILE FILE`; for each line read it works once and prints seconds."""

import contextlib
import io
import json
import sys
import time


def auc(labels_file, scores_file):
    import numpy as np
    import sklearn
    from sklearn.metrics import roc_auc_score

    labels, scores = np.fromfile(labels_file, np.uint8), np.fromfile(scores_file)
    return f"scikit-learn {sklearn.__version__} roc_auc_score", lambda: roc_auc_score(labels, scores)


def coco(kind, truth_file, detections_file):
    from importlib.metadata import version

    from pycocotools import mask
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(truth_file)
        detections = json.load(open(detections_file))
        for detection in detections:
            if kind == "segm":
                del detection["bbox"]
            segmentation = detection.pop("segmentation")
            if kind == "segm":
                detection["segmentation"] = mask.frPyObjects(segmentation, *segmentation["size"])
        found = truth.loadRes(detections)

    def evaluate():
        with contextlib.redirect_stdout(io.StringIO()):
            evaluation = COCOeval(truth, found, kind)
            evaluation.evaluate()
            evaluation.accumulate()
            evaluation.summarize()

    return f"pycocotools {version('pycocotools')} COCOeval", evaluate


name, work = auc(*sys.argv[2:]) if sys.argv[1] == "auc" else coco(*sys.argv[1:])
print(name, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    work()
    print(time.perf_counter() - start, flush=True)
