/** What is used of a global that every Node has, but whose types come with browsers only. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

interface Memory {
  buffer: ArrayBuffer;
  grow: (pages: number) => number;
}

/** A WebAssembly module with one memory of its own, made when it is first used. */
export class WasmModule<Functions> {
  readonly #base64: string;
  #exports: (Functions & { memory: Memory }) | undefined;

  /** @param base64 the module, assembled. */
  constructor(base64: string) {
    this.#base64 = base64;
  }

  get functions(): Functions & { memory: Memory } {
    this.#exports ??= new WebAssembly.Instance(new WebAssembly.Module(bytesOf(this.#base64))).exports as Functions & {
      memory: Memory;
    };
    return this.#exports;
  }

  /** The whole memory, grown to at least so many bytes. */
  space(bytes: number): Uint8Array {
    const { memory } = this.functions;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / 2 ** 16));
    }
    return new Uint8Array(memory.buffer);
  }
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
