import { t } from '../l10n/l10n';

/** Any place bytes come from. `read` resolves to exactly `end - start` bytes or rejects: it never pads with zeros. */
export interface ByteSource {
  readonly size: number;
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** What a model file may ask of its surroundings. */
export interface ModelFile {
  /** Base name, with extension. */
  readonly name: string;
  readonly bytes: ByteSource;
  /** A companion file (external data, labels) by its path relative to the model's folder; refused outside that folder. */
  sibling(path: string): Promise<Sibling>;
}

/** A model file that is open: whoever opened it closes it. */
export interface OpenFile extends ModelFile {
  dispose(): void;
}

export type Sibling =
  | { readonly kind: 'found'; readonly bytes: ByteSource }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly reason: string };

/** A source over bytes already in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(start, end) {
      if (start < 0 || end > bytes.length || start > end) {
        return Promise.reject(new RangeError(t('bytes {0}–{1} lie outside {2} bytes', start, end, bytes.length)));
      }
      return Promise.resolve(bytes.subarray(start, end));
    },
  };
}
