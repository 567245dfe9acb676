/** Spatial indices of the drawing: what lies in a rectangle, without looking at the rest. */
import Flatbush from 'flatbush';
import type { Geometry } from './types';

type Unindexed = Omit<Geometry, 'boxIndex' | 'wireIndex'>;

export function indexed(geometry: Unindexed): Geometry {
  return { ...geometry, boxIndex: boxIndex(geometry), wireIndex: wireIndex(geometry) };
}

function boxIndex({ items, boxes }: Unindexed): ArrayBuffer | null {
  if (!items.length) return null;
  const index = new Flatbush(items.length);
  for (let i = 0; i < items.length; i++) {
    const [x, y] = [boxes[4 * i]!, boxes[4 * i + 1]!];
    index.add(x, y, x + boxes[4 * i + 2]!, y + boxes[4 * i + 3]!);
  }
  index.finish();
  return index.data as ArrayBuffer;
}

function wireIndex({ wires }: Unindexed): ArrayBuffer | null {
  if (!wires.count) return null;
  const index = new Flatbush(wires.count);
  const { points, start } = wires;
  for (let w = 0; w < wires.count; w++) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let p = start[w]!; p < start[w + 1]!; p++) {
      const [x, y] = [points[2 * p]!, points[2 * p + 1]!];
      x0 = Math.min(x0, x);
      y0 = Math.min(y0, y);
      x1 = Math.max(x1, x);
      y1 = Math.max(y1, y);
    }
    index.add(x0, y0, x1, y1);
  }
  index.finish();
  return index.data as ArrayBuffer;
}

export const readIndex = (data: ArrayBuffer | null): Flatbush | null => (data ? Flatbush.from(data) : null);
