/** What lists of commands show of weight files; apart from the commands, which import much. */
export const headings = {
  inspect: {
    name: 'inspect',
    summary: 'Lists what a .pth or .safetensors file holds, without executing anything in it.',
  },
  convert: {
    name: 'convert',
    summary: "Converts a network's weights between .pth and .safetensors, by the ending of OUT.",
  },
} as const;
