import { decodeDicom } from '@fractura/radiograph/page';

/** Decodes a file that the page's server has, to what can be compared with Node. */
globalThis.decode = async (file) => {
  const bytes = new Uint8Array(await (await fetch(`/files/${encodeURIComponent(file)}`)).arrayBuffer());
  try {
    const { data, ...radiograph } = await decodeDicom(bytes, { name: file });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
    return {
      ...radiograph,
      type: data.constructor.name,
      sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    };
  } catch ({ code, message }) {
    return { code, message };
  }
};
