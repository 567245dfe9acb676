import type { ModelFile } from '../bytes/source';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Model } from '../ir/types';

export type { ModelFile };

/** The first 4 KiB, the name and the size: all a sniff may look at. */
export interface Head {
  readonly name: string;
  readonly size: number;
  readonly bytes: Uint8Array;
}

export interface Format {
  readonly id: string;
  readonly label: string;
  /** With the dot, lower case. */
  readonly extensions: readonly string[];
  /** Synchronous and total. */
  sniff(head: Head): 'certain' | 'possible' | 'no';
  /** Never throws for a bad file: problems are diagnostics, and what could be read is in the model. */
  parse(file: ModelFile, signal?: AbortSignal): Promise<Parsed>;
}

export interface Parsed {
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Bytes actually read from the file, for the speed figures. */
  readonly bytesRead: number;
}
