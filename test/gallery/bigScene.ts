/** A net of any size for looking at speed: stages of residual blocks with branches, in modules of modules. */
import type { Family, Scene, SceneEdge, SceneGroup, SceneNode } from '../../src/core/view/types';

const OPS: readonly (readonly [string, Family])[] = [
  ['Conv', 'convolution'],
  ['Conv', 'convolution'],
  ['BatchNormalization', 'normalisation'],
  ['MaxPool', 'pooling'],
];

export function bigScene(count: number, open = true): Scene {
  const nodes: SceneNode[] = [];
  const edges: SceneEdge[] = [];
  const groups: { -readonly [K in keyof SceneGroup]: SceneGroup[K] }[] = [];
  const add = (op: string, family: Family, group: number, join: string | null = null): number => {
    const id = nodes.length;
    nodes.push({
      id,
      op,
      title: op,
      family,
      known: true,
      name: `n${id}`,
      shortName: `layer ${id}`,
      label: join ? [] : ['3×3', '64'],
      sizeIn: '64×56×56',
      sizeOut: '64×56×56',
      channels: 64,
      spatial: [56, 56],
      sees: 3 + id,
      seesBefore: 2 + id,
      parameters: 36_928,
      macs: 115_605_504,
      activationBytes: 802_816,
      dtype: 'float32',
      join,
      pill: null,
      pillOf: null,
      plumbing: false,
      group,
      problem: null,
      unproductive: '',
      skipStarts: false,
      outputs: [],
    });
    return id;
  };
  const link = (from: number, to: number, kind: SceneEdge['kind'] = 'data'): void => {
    edges.push({
      from: { kind: 'node', node: from },
      to: { kind: 'node', node: to },
      value: from,
      size: '64×56×56',
      kind,
    });
  };
  const group = (name: string, parent: number | null): number => {
    groups.push({
      name,
      path: name,
      parent,
      kind: '',
      nodes: [],
      parameters: 0,
      macs: 0,
      seesBefore: 3,
      seesAfter: 99,
      sizeIn: '64×56×56',
      sizeOut: '64×56×56',
      twin: null,
      open,
    });
    return groups.length - 1;
  };
  let last = -1;
  let stage = -1;
  for (let block = 0; nodes.length < count; block++) {
    if (block % 12 === 0) stage = group(`stage${block / 12}`, null);
    const inner = group(`block${block}`, stage);
    const first = last;
    const branches = block % 7 === 3 ? 4 : 1;
    const tails: number[] = [];
    for (let b = 0; b < branches; b++) {
      let at = first;
      for (let i = 0; i < 3 + ((block + b) % 3); i++) {
        const [op, family] = OPS[(block + i) % OPS.length]!;
        const id = add(op, family, inner);
        if (at >= 0) link(at, id);
        at = id;
      }
      tails.push(at);
    }
    const join = branches > 1 ? add('Concat', 'join', inner) : add('Add', 'join', inner, '+');
    for (const tail of tails) link(tail, join);
    if (branches === 1 && first >= 0) link(first, join, 'skip');
    last = join;
  }
  const inside = groups.map((): number[] => []);
  for (const { id, group } of nodes) for (let g = group; g !== null; g = groups[g]!.parent) inside[g]!.push(id);
  groups.forEach((g, i) => (g.nodes = inside[i]!));
  return {
    title: `big${count}.onnx`,
    header: {
      format: 'ONNX',
      opset: 'opset 13',
      producer: '',
      operators: nodes.length,
      parameters: 1e8,
      macs: 1e11,
      input: '1×3×224×224',
      fieldInput: null,
      weights: null,
    },
    nodes,
    edges,
    groups,
    ports: [],
    imageSize: [224, 224],
    problems: [],
  };
}
