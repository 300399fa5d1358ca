/** Where the prefix of a DICOM file stands (PS3.10, 7.1). */
const prefixAt = 128;
const prefix = [0x44, 0x49, 0x43, 0x4d];

/** Whether bytes are those of a DICOM file: "DICM" after 128 bytes that mean nothing. */
export const isDicom = (bytes: Uint8Array): boolean => prefix.every((byte, i) => bytes[prefixAt + i] === byte);

/** How many bytes of a file {@link isDicom} looks at. */
export const dicomPrefixEnd = prefixAt + prefix.length;
