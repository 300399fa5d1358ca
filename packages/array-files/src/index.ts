export { openByteRanges, type ByteRanges } from './byte-ranges.js';
export { elementCount } from './element-count.js';
export { ArrayFilesError, fileError } from './errors.js';
export { decodeFloat16, encodeFloat16 } from './float16.js';
export {
  arrayClasses,
  bytesOf,
  numberTypeOf,
  swapByteOrder,
  toFloat32,
  viewElements,
  type NumberType,
  type TypedArray,
} from './typed-array.js';
export { forEachConcurrently, type Progress, type TaskOptions } from './for-each-concurrently.js';
export { makeFolder } from './make-folder.js';
export {
  piecesOf,
  writeBeside,
  writeFileBeside,
  type WriteBesideOptions,
  type WriteFileOptions,
} from './write-beside.js';
export { extractZipEntry } from './zip/extract-zip-entry.js';
export { listZip, readZipEntry, type ZipEntry } from './zip/read-zip.js';
export { encodeZip, type WriteZipOptions, type ZipMember } from './zip/write-zip.js';
