import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, wherever the checkout lies. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A path inside the repository. */
export const inRoot = (...parts) => path.join(root, ...parts);

/** Prepared hosts, incremental build info: everything that may be deleted at any time. */
export const cacheDir = inRoot('.cache');

/** What a run leaves behind for a person to look at: the package, screenshots, reports. */
export const artifactsDir = inRoot('artifacts');

export const readJson = (...parts) => JSON.parse(readFileSync(inRoot(...parts), 'utf8'));

/** True where `url` (an import.meta.url) is that of the script node was started with. */
export const isMain = (url) => process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url);
