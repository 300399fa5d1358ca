import { encoderSettings } from '@fractura/nnunet';
import type { RunSettings } from '../settings/run-settings.js';

/** The file of the encoder's pretrained weights where they are on this machine; says what is lost where they are not. */
export function cachedEncoderWeights(
  { recipe, encoder }: Pick<RunSettings, 'recipe' | 'encoder'>,
  note: (line: string) => void,
): string | undefined {
  return recipe === 'nnunet' ? undefined : encoderSettings({ encoder }, recipe, note).encoderWeights;
}
