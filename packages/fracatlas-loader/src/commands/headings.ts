/** What lists of commands show of this package; apart from the commands, which import much. */
export const headings = {
  explore: { name: 'explore', summary: 'Explores and audits a FracAtlas folder, or any images with a COCO file.' },
} as const;
