/** Loads sharp when it is first needed: it takes a tenth of a second. */
export const loadSharp = async () => (await import('sharp')).default;
