/** sharp takes a tenth of a second to load, which programs that read no picture are spared. */
export const loadSharp = async () => (await import('sharp')).default;
