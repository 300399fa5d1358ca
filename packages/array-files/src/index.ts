export { openByteRanges, type ByteRanges } from './byte-ranges.js';
export { decodeCsvText, encodeCsv } from './csv.js';
export { elementCount } from './element-count.js';
export { ArrayFilesError, fileError } from './errors.js';
export { checkFileName, checkPathBelow, joinInside, type NameOptions } from './file-names.js';
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
export { withFolder } from './folder-lock.js';
export { withLock, type LockOptions } from './lock.js';
export { isGone, ownerOf, type LockOwner } from './lock-owner.js';
export { makeFolder } from './make-folder.js';
export { refuseOverwrite, type OverwriteCheck } from './refuse-overwrite.js';
export { parseCsv, type CsvTable } from './parse-csv.js';
export { readTextFile, withoutByteOrderMark, type ReadTextOptions } from './read-text-file.js';
export { StageLedger, type Stage } from './stage-ledger.js';
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
