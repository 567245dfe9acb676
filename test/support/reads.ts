import type { AxisMap, Dependence, Window } from '../../src/core/ops/dependence';

/** What a Dependence means, position by position: written apart from the analysis, as plainly as its comments say it. */

const mirrored = (i: number, extent: number): number => {
  if (extent === 1) return 0;
  const period = 2 * (extent - 1);
  const at = ((i % period) + period) % period;
  return at < extent ? at : period - at;
};

function windowReads(w: Window, i: number): readonly number[] {
  return Array.from({ length: w.kernel }, (_, k) => i * w.stride - w.padBegin + k * w.dilation);
}

function mapReads(map: AxisMap, i: number, extent: number): readonly number[] {
  const all = Array.from({ length: extent }, (_, j) => j);
  switch (map.kind) {
    case 'window':
      return windowReads(map.window, i);
    case 'transposed':
      return all.filter((j) => windowReads({ ...map.window }, j).includes(i));
    case 'periodic': {
      const quotient = Math.floor(i / map.outPeriod);
      const taps = map.taps[i - quotient * map.outPeriod] ?? [];
      const reads = taps.map((tap) => quotient * map.inPeriod + tap);
      return map.clamp ? reads.map((j) => Math.min(Math.max(j, 0), extent - 1)) : reads;
    }
    case 'border': {
      const j = i - map.before;
      if (map.mode === 'edge') return [Math.min(Math.max(j, 0), extent - 1)];
      return [map.mode === 'wrap' ? ((j % extent) + extent) % extent : mirrored(j, extent)];
    }
    case 'listed':
      return map.reads[i] ?? [];
    case 'whole':
      return all;
  }
}

const isIdentity = (map: AxisMap): boolean =>
  map.kind === 'window' && map.window.kernel === 1 && map.window.stride === 1 && map.window.padBegin === 0;

/** Flat positions of the input that the output at `index` reads, in order. */
export function readsAt(dependence: Dependence, index: readonly number[], input: readonly number[]): readonly number[] {
  const sets = input.map((extent, axis) => {
    const links = dependence.axes.flatMap((list, out) => list.filter((l) => l.from === axis).map((l) => ({ l, out })));
    const all = Array.from({ length: extent }, (_, j) => j);
    if (dependence.global || !links.length) return all;
    const reads = links.flatMap(({ l, out }) => {
      const broadcast = extent === 1 && isIdentity(l.map);
      return mapReads(l.map, broadcast ? 0 : (index[out] ?? 0), extent);
    });
    return [...new Set(reads)].filter((j) => j >= 0 && j < extent);
  });
  let flat: readonly number[] = [0];
  sets.forEach((set, axis) => {
    flat = flat.flatMap((head) => set.map((j) => head * (input[axis] ?? 1) + j));
  });
  return [...flat].sort((a, b) => a - b);
}

/** All positions of a shape in row-major order. */
export function allPositions(shape: readonly number[]): readonly (readonly number[])[] {
  let heads: readonly (readonly number[])[] = [[]];
  for (const extent of shape) heads = heads.flatMap((h) => Array.from({ length: extent }, (_, i) => [...h, i]));
  return heads;
}
