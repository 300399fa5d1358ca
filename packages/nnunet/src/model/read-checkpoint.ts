import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldFolder, type FoldName } from '@fractura/nnunet-format';
import type { StateDict } from '@fractura/tfjs-training';
import { optimizerPrefix, toStateDict } from '@fractura/tfjs-training/checkpoints';
import { parseUnetRecord, type NetworkChoice } from '@fractura/unet-model';
import { findStateDict, readSafetensors, readTorchFile, type PythonValue } from '@fractura/torch-weights';

/** What inference needs of a checkpoint. */
export interface InferenceCheckpoint {
  weights: StateDict;
  /** Such as `2d`; undefined where the file holds weights alone. */
  configuration: string | undefined;
  trainer: string | undefined;
  /** Undefined for the plan's own. */
  network?: NetworkChoice;
  /** Axes to mirror along, none for no mirroring; undefined where the file holds weights alone. */
  mirrorAxes: number[] | undefined;
}

/** The file of a fold's checkpoint, ours or PyTorch's of the same name; undefined where there is none. */
export function checkpointFile(folder: string, fold: FoldName, checkpoint: string): string | undefined {
  const base = join(folder, foldFolder(fold), checkpoint.replace(/\.(pth|safetensors)$/, ''));
  const endings = checkpoint.endsWith('.pth') ? ['.pth', '.safetensors'] : ['.safetensors', '.pth'];
  return endings.map((ending) => base + ending).find((file) => existsSync(file));
}

/**
 * Reads a fold's checkpoint: ours (`.safetensors` with its record) or nnU-Net's (`.pth`).
 *
 * @throws TorchWeightsError where the file is damaged or holds no weights; UnetModelError `checkpoint-invalid` where its record is.
 */
export async function readCheckpoint(file: string): Promise<InferenceCheckpoint> {
  return file.endsWith('.safetensors') ? readOwn(file) : readTorch(file);
}

async function readOwn(file: string): Promise<InferenceCheckpoint> {
  const { tensors, metadata } = await readSafetensors(file, {
    filter: (name) => !name.startsWith(optimizerPrefix),
  });
  const record = parseUnetRecord(metadata?.checkpoint, file);
  const axes = record?.init_args.inference_allowed_mirroring_axes;
  return {
    weights: toStateDict(tensors),
    configuration: record?.init_args.configuration,
    trainer: record?.trainer_name,
    network: record?.init_args.network,
    mirrorAxes: axes === null ? [] : axes,
  };
}

async function readTorch(file: string): Promise<InferenceCheckpoint> {
  const content = await readTorchFile(file);
  const whole = content instanceof Map ? content : new Map<PythonValue, PythonValue>();
  const settings = whole.get('init_args');
  const axes = whole.get('inference_allowed_mirroring_axes');
  const tensors = findStateDict(content, file);
  return {
    weights: toStateDict(tensors),
    configuration: settings instanceof Map ? textOrNone(settings.get('configuration')) : undefined,
    trainer: textOrNone(whole.get('trainer_name')),
    mirrorAxes: Array.isArray(axes) ? axes.map(Number) : whole.has('network_weights') ? [] : undefined,
  };
}

const textOrNone = (value: PythonValue | undefined) => (typeof value === 'string' ? value : undefined);
