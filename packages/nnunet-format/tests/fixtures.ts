import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a fixture. */
export const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** The text of a fixture. */
export const readFixture = (name: string): string => readFileSync(fixture(name), 'utf8');

/** The content of a JSON fixture. */
export const parseFixture = (name: string): unknown => JSON.parse(readFixture(name)) as unknown;
