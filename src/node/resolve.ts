import { realpath } from 'node:fs/promises';

/** The path behind all links; rejects where there is nothing. */
export const resolvePath = (file: string): Promise<string> => realpath(file);
