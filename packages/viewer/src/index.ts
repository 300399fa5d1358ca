export { ViewerError } from './errors.js';
export { answerRequests, type MessageScope, type ModelReply, type ModelRequest } from './model/answer-requests.js';
export type {
  Film,
  FilmClassification,
  FilmPrediction,
  Finding,
  Marked,
  ModelAnswers,
  ModelReady,
} from './model/model-answers.js';
export {
  checkViewerModel,
  viewerModelFile,
  type ClassifierCalibration,
  type CrossValidation,
  type ViewerClassifier,
  type ViewerModel,
} from './model/viewer-model.js';
export { writePage, type WritePageOptions } from './files/write-page.js';
export { servePage, type ServedPage, type ServePageOptions } from './server/serve-page.js';
