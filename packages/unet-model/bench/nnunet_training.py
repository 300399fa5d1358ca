"""The same iterations by real nnU-Net on the CPU: `python nnunet_training.py plans.json --iterations 10 --batch 4`."""
import argparse
import json
import os
import resource
import sys
import tempfile
import time
from importlib.metadata import version

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument('plans')
parser.add_argument('--iterations', type=int, default=10)
parser.add_argument('--batch', type=int, default=4)
arguments = parser.parse_args()

folder = tempfile.TemporaryDirectory()
for name in ('nnUNet_raw', 'nnUNet_preprocessed', 'nnUNet_results'):
    os.environ[name] = os.path.join(folder.name, name)
    os.makedirs(os.environ[name])
os.environ['nnUNet_n_proc_DA'] = '2'

import torch  # noqa: E402
from nnunetv2.training.dataloading.nnunet_dataset import nnUNetDatasetBlosc2  # noqa: E402
from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer  # noqa: E402

WARM_UP = 2


def noise_case(height, width, seed):
    y, x = np.mgrid[:height, :width]
    inside = np.hypot(y - height / 2, x - width / 2) < height / 20 + seed
    image = np.sin(12.9898 * (np.arange(height * width).reshape(height, width) + seed)) + inside
    rows = np.argwhere(inside[None, None])
    return image[None, None].astype(np.float32), inside[None, None].astype(np.int16), rows


def main():
    with open(arguments.plans) as file:
        plans = json.load(file)
    plans['configurations']['2d']['batch_size'] = arguments.batch
    plans['continue_training'] = False
    dataset_json = {
        'channel_names': {'0': 'X-ray'},
        'labels': {'background': 0, 'fracture': 1},
        'numTraining': 20,
        'file_ending': '.nii.gz',
    }
    base = os.path.join(os.environ['nnUNet_preprocessed'], plans['dataset_name'])
    cases = os.path.join(base, plans['configurations']['2d']['data_identifier'])
    os.makedirs(cases)
    for name, content in (('dataset_fingerprint.json', {}), ('dataset.json', dataset_json)):
        with open(os.path.join(base, name), 'w') as file:
            json.dump(content, file)
    height, width = plans['configurations']['2d']['patch_size']
    for n in range(20):
        image, label, rows = noise_case(height, width, n + 1)
        nnUNetDatasetBlosc2.save_case(
            image, label, {'class_locations': {1: rows}, 'spacing': [1, 1, 1]}, os.path.join(cases, f'case_{n:02d}')
        )

    torch.set_num_threads(os.cpu_count())
    stdout, sys.stdout = sys.stdout, open(os.devnull, 'w')
    trainer = nnUNetTrainer(plans, '2d', 'all', dataset_json, torch.device('cpu'))
    trainer.on_train_start()
    trainer.on_epoch_start()
    trainer.on_train_epoch_start()
    begin = 0.0
    for iteration in range(arguments.iterations + WARM_UP):
        if iteration == WARM_UP:
            begin = time.perf_counter()
        trainer.train_step(next(trainer.dataloader_train))
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout = stdout
    result = {'seconds': seconds, 'peakMiB': peak, 'name': f'nnunetv2 {version("nnunetv2")}, torch {torch.__version__}, CPU'}
    print(json.dumps(result), flush=True)
    # The augmentation's processes end with this one.
    trainer.dataloader_train._finish()
    trainer.dataloader_val._finish()


if __name__ == '__main__':
    main()
