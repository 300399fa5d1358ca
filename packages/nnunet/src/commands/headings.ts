/** What lists of commands show of nnU-Net’s workflow; apart from the commands, which import much. */
export const headings = {
  train: {
    name: 'train',
    summary: 'Trains and validates folds of a preprocessed data set as nnU-Net does. Goes on where it was stopped.',
  },
  predict: {
    name: 'predict',
    summary:
      'Segments the images of a folder, or radiographs as they are, with a trained model, ours or real nnU-Net’s.',
  },
  serve: {
    name: 'serve',
    summary: 'Shows a page to drop radiographs on, which a model predicts in the browser; for this computer alone.',
  },
  page: {
    name: 'page',
    summary: 'Writes a page of static files on which a model predicts radiographs in the browser, for any web server.',
  },
  ensemble: {
    name: 'ensemble',
    summary: 'Averages the probabilities of several predictions of the same cases and writes the labels that follow.',
  },
  findBestConfiguration: {
    name: 'find-best-configuration',
    summary: 'Compares trained configurations and pairs of them by cross-validation and says how to predict.',
  },
  accumulateCrossvalResults: {
    name: 'accumulate-crossval-results',
    summary: 'Copies the folds’ validation predictions into one folder and evaluates them together.',
  },
  determinePostprocessing: {
    name: 'determine-postprocessing',
    summary: 'Finds out whether keeping only the largest components improves predictions, and writes it down.',
  },
  applyPostprocessing: {
    name: 'apply-postprocessing',
    summary: 'Postprocesses a folder of predictions as determined before.',
  },
  evaluate: {
    name: 'evaluate',
    summary: 'Compares predicted with reference segmentations and writes nnU-Net’s summary.json.',
  },
  plotOverlays: {
    name: 'plot-overlay-pngs',
    summary:
      'Draws the training cases of a data set, each the slice with the most foreground, with its labels in colour.',
  },
  exportModelToZip: {
    name: 'export-model-to-zip',
    summary: 'Writes trained models into a zip that nnU-Net installs, too; our checkpoints become .pth.',
  },
  installModelFromZip: {
    name: 'install-pretrained-model-from-zip',
    summary: 'Unpacks a trained model that nnU-Net or export-model-to-zip wrote into the folder of results.',
  },
  convertMsdDataset: {
    name: 'convert-MSD-dataset',
    summary: 'Makes a raw data set of a task of the Medical Segmentation Decathlon: one file for each channel.',
  },
  exportNetwork: {
    name: 'export',
    summary:
      'Writes a trained network as ONNX, or as a TensorFlow.js model for browsers, with how to preprocess images.',
  },
  fetchWeights: {
    name: 'fetch',
    summary: 'Fetches the published ImageNet weights of a backbone into the user’s cache folder, once.',
  },
  listWeights: {
    name: 'list',
    summary: 'Lists the published weights of backbones: size, licence, source, and which are in the cache.',
  },
  compactWeights: {
    name: 'compact',
    summary: 'Writes a model folder that only predicts: its networks in float16, without what training goes on with.',
  },
  convertWeights: {
    name: 'convert',
    summary:
      'Converts weights or a checkpoint between .pth and .safetensors by the ending of OUT, or the checkpoints of a model’s folder.',
  },
} as const;
