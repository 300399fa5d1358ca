/** Colours that people with any colour vision tell apart (Okabe and Ito, 2008), in the order in which charts use them. */
export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'] as const;

/** The colour of the nth series; after the last colour the first follows. */
export const seriesColour = (index: number): string => palette[index % palette.length];
