import { Truncated } from '../../bytes/cursor';
import { WireCursor } from '../../bytes/wire';
import type { Head } from '../format';

/** ModelProto's fields and their wire types: numbers 0, texts and messages 2. */
const FIELDS: Readonly<Record<number, number>> = {
  1: 0,
  2: 2,
  3: 2,
  4: 2,
  5: 0,
  6: 2,
  7: 2,
  8: 2,
  14: 2,
  20: 2,
  25: 2,
};

/** Walks the fields of the head: an ONNX file has known ones only, an IR version or an operator set among them. */
export function looksLikeModel(head: Head): 'certain' | 'possible' | 'no' {
  const cursor = new WireCursor(head.size);
  cursor.supply(0, head.bytes);
  let version = false;
  let graph = false;
  try {
    while (cursor.pos < head.size && cursor.ready) {
      const field = cursor.header(head.size);
      if (FIELDS[field] === undefined ? field < 30 : FIELDS[field] !== cursor.wire) return 'no';
      version ||= field === 1 && cursor.low > 0 && cursor.low < 1000;
      graph ||= field === 7;
      if (graph) break;
      cursor.skip();
    }
  } catch (error) {
    // Where the head ends within a field, what was seen so far decides.
    if (!(error instanceof Truncated)) return 'no';
  }
  if (version && graph) return 'certain';
  return version || graph || head.name.toLowerCase().endsWith('.onnx') ? 'possible' : 'no';
}
