import { deferCommand, loadCommand, type ArgumentTable, type DeferredCommand } from '@fractura/command-line';
import { segmenterFolder } from '@fractura/fracatlas-models';

/** What these commands share: they take a model folder, and one of them a data set whose model it is. */
interface ModelValues {
  model?: string;
  dataset?: string;
  input?: string;
}

const note = 'Model: the segmenter of @fractura/fracatlas-models. For research, not a medical device.';

/** A command that takes a model folder, with the segmenter that comes with Fractura where none is named. */
export function withOwnModel(command: DeferredCommand): DeferredCommand {
  return deferCommand(command, async () => {
    const definition = await loadCommand(command);
    const { model, ...others } = definition.options;
    const options: ArgumentTable = {
      model: {
        kind: model.kind,
        alias: model.alias,
        describe: `${model.describe} (default: the segmenter that comes with it, trained on FracAtlas)`,
      },
      ...others,
    };
    return {
      ...definition,
      options,
      run: async (values: ModelValues, context) => {
        if (namesItsModel(values)) {
          await definition.run(values as never, context);
          return;
        }
        context.note(note);
        await definition.run({ ...values, model: segmenterFolder() } as never, context);
      },
    };
  });
}

/** A folder of cases is of a data set of the user's, for which this model was not trained. */
const namesItsModel = ({ model, dataset, input }: ModelValues): boolean =>
  model !== undefined || dataset !== undefined || input !== undefined;
