/** Option that chooses a port of the loopback address. */
export const portOption = {
  port: {
    kind: 'integer',
    minimum: 1,
    maximum: 65535,
    describe: 'port of 127.0.0.1 (default: one that is free)',
  },
} as const;
