/** A WebAssembly text below src, without its ending, and what its module is exported as. */
export const modules: { file: string; exported: string }[];
/** The module as base64. */
export function assemble(file: string): Promise<string>;
