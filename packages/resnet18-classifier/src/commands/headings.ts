/** What lists of commands show of the classifier; apart from the commands, which import much. */
export const headings = {
  train: {
    name: 'train',
    summary: 'Trains a network on the labelled images of a table; called again, it goes on where it was interrupted.',
  },
  predict: { name: 'predict', summary: 'Writes the class probabilities of images to a CSV table.' },
  evaluate: {
    name: 'evaluate',
    summary: 'Compares a classifier with the labels of a table: accuracy, AUC and more, with 95 % intervals.',
  },
  explain: {
    name: 'explain',
    summary: 'Draws over each image what speaks for a class (Grad-CAM, Grad-CAM++), as PNG.',
  },
  evaluateExplanations: {
    name: 'evaluate-explanations',
    summary:
      'Measures whether heatmaps lie where annotations are, beside a map that knows only the middle of the image.',
  },
  compare: {
    name: 'compare',
    summary: 'Cross-validates classifiers of films with and without a segmentation beside them: whether it helps.',
  },
  fuse: {
    name: 'fuse',
    summary:
      'Compares classifiers of the same films by their out-of-fold probabilities, alone and fused, film by film.',
  },
} as const;
