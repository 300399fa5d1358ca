export { cacheDirectoryOf, spaceRemedy } from './cache-directory.js';
export { PinnedDownloadsError } from './errors.js';
export { checkFileHash, fetchFile, type FetchFileOptions, type PinnedFile } from './fetch-file.js';
export { fetchWheel, type FetchWheelOptions, type PinnedWheel } from './fetch-wheel.js';
export { runTool, type ErrorClass, type ToolCall } from './run-tool.js';
export { sha256Of } from './sha256-of.js';
export { throughBeside } from './through-beside.js';
