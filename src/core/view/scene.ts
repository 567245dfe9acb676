import type { Facts } from '../analysis/facts';
import { imageExtents } from '../analysis/imageAxes';
import { fieldInputs } from '../analysis/imageInput';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Node, TensorType, ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import type { Family } from '../ops/operator';
import { groupModules } from '../modules/groups';
import { atOnce, pacer, type Steps } from '../steps';
import { bodiesOf } from './bodies';
import type { Drawing } from './drawing';
import { unproductiveText } from './hints';
import { dataInputs, edgeKey, readFlow, type Flow } from './flow';
import { withBodies } from './nested';
import { sceneGroups } from './sceneGroups';
import { sketchOf } from './sketch';
import { extents, size } from './numbers';
import type { EdgeEnd, Scene, SceneEdge, SceneHeader, SceneNode, ScenePort, SceneProblem } from './types';

export type { Drawing } from './drawing';

export const draw = (facts: Facts, parsing: readonly Diagnostic[] = []): Drawing => atOnce(drawing(facts, parsing));

/** The same in steps. */
export function* drawing(facts: Facts, parsing: readonly Diagnostic[] = []): Steps<Drawing> {
  const problems = [...parsing, ...facts.diagnostics].map(problem);
  const main = yield* drawn(facts, problems);
  return { ...main, bodies: bodiesOf(facts, (body) => atOnce(drawn(body, []))) };
}

/** One graph, whatever is inside of its operators. */
function* drawn(facts: Facts, problems: readonly SceneProblem[]): Steps<Drawing> {
  const flow = yield* readFlow(facts);
  const sketch = sketchOf(facts, flow);
  yield;
  const grouping = yield* groupModules(facts.graph, sketch);
  return { facts, flow, grouping, problems, bodies: [] };
}

function problem(d: Diagnostic): SceneProblem {
  const bytes = d.location?.kind === 'bytes' ? d.location.span : null;
  return { code: d.code, severity: d.severity, message: d.message, node: d.node, bytes };
}

/** Largest side of the receptive field in px, or 'all' once a global operator lies upstream. */
export function seesOf(facts: Facts, value: ValueId | null | undefined): number | 'all' | null {
  const field = value === null || value === undefined ? null : facts.fields[value];
  if (!field) return null;
  if (field.whole) return 'all';
  const sizes = field.size.filter((s): s is number => s !== null);
  return sizes.length === field.size.length && sizes.length ? Math.max(...sizes) : 'all';
}

/** Shape without the batch axis: channels and spatial extents, numbers only. */
function layout(type: TensorType | null | undefined): { channels: number | null; spatial: number[] } {
  const shape = type?.shape ?? [];
  const numbers = shape.map((d) => (typeof d === 'number' ? d : 0));
  return { channels: shape.length > 1 ? (numbers[1] ?? null) : null, spatial: numbers.slice(2) };
}

/** Formats by their id, as people call them. */
const FORMATS: Readonly<Record<string, string>> = { onnx: 'ONNX', cnn: t('ConvLens definition') };

const JOIN_SIGN: ReadonlyMap<string, string> = new Map([
  ['Add', '+'],
  ['Sum', '+'],
  ['Mul', '×'],
  ['Sub', '−'],
]);

/** Joins of two or more tensors are circles; a Concat is a box, since its channel sums matter. */
function joinSign(facts: Facts, node: Node): string | null {
  if (dataInputs(facts, node).length < 2) return null;
  return JOIN_SIGN.get(node.op) ?? null;
}

export const buildScene = (drawing: Drawing, title: string): Scene => atOnce(buildingScene(drawing, title));

/** The same in steps. */
export function* buildingScene(drawing: Drawing, title: string): Steps<Scene> {
  const scene = yield* graphScene(drawing, title);
  return drawing.bodies.length ? withBodies(drawing, scene, (body) => atOnce(graphScene(body, ''))) : scene;
}

/** Words for the size of a value: asked for at every end of every edge. */
type Sizes = (value: ValueId | undefined) => string;

function sizesOf({ types }: Facts): Sizes {
  const known: (string | undefined)[] = [];
  return (value) => (value === undefined ? '' : (known[value] ??= size(types[value] ?? null)));
}

function* graphScene(drawing: Drawing, title: string): Steps<Scene> {
  const { facts, flow, grouping } = drawing;
  const sizes = sizesOf(facts);
  const { graph } = facts;
  const worst = new Map<number, SceneProblem['severity']>();
  for (const p of drawing.problems) {
    if (p.node === null) continue;
    if (p.severity === 'error' || !worst.has(p.node)) worst.set(p.node, p.severity);
  }
  const nodes: Drawn[] = [];
  const due = pacer();
  for (const node of graph.nodes) {
    nodes.push(sceneNode(drawing, node, worst.get(node.id) ?? null, sizes));
    if (due()) yield;
  }
  const ports = scenePorts(facts, flow);
  const image = imageExtents(facts).map((n) => n ?? 0);
  const { groups, groupOf } = yield* sceneGroups(facts, flow, grouping, nodes);
  nodes.forEach((node, i) => (node.group = groupOf[i] ?? null));
  const edges = yield* sceneEdges(facts, flow, ports, sizes);
  yield;
  return {
    title,
    header: header(facts, flow),
    nodes,
    edges,
    groups,
    ports,
    imageSize: image.length && image.every((n) => n > 0) ? image : null,
    problems: drawing.problems,
  };
}

/** Which module it is in is known when the rest is. */
type Drawn = SceneNode & { group: number | null };

function sceneNode(drawing: Drawing, node: Node, problem: SceneProblem['severity'] | null, sizes: Sizes): Drawn {
  const { facts, flow, grouping } = drawing;
  const known = facts.nodes[node.id];
  const def = known?.def ?? null;
  const context = known?.context ?? null;
  const output = node.outputs.find((v) => v !== null);
  const input = dataInputs(facts, node)[0];
  const type = output === undefined ? null : (facts.types[output] ?? null);
  const own = grouping.ownName[node.id] ?? '';
  return {
    id: node.id,
    op: node.op,
    title: def?.title ?? node.op,
    family: familyOf(def?.family),
    known: def !== null || facts.bodies.has(node.id),
    name: node.name,
    shortName:
      own || lastPart(node.name) || (output === undefined ? '' : lastPart(facts.graph.values[output]?.name ?? '')),
    label: context ? (def?.label?.(context) ?? []) : [],
    sizeIn: sizes(input),
    sizeOut: sizes(output ?? undefined),
    ...layout(type),
    sees: seesOf(facts, output),
    seesBefore: seesOf(facts, input),
    parameters: known?.parameterCount ?? 0,
    macs: known?.macs ?? null,
    activationBytes: known?.activationBytes ?? null,
    dtype: type?.dtype ?? 'unknown',
    join: joinSign(facts, node),
    pill: pillOf(flow, node.id),
    pillOf: flow.pillOf[node.id] ?? null,
    plumbing: flow.plumbing[node.id] ?? false,
    group: null,
    problem,
    unproductive: unproductiveText(facts, node),
    outputs: node.outputs.flatMap((v) =>
      v === null ? [] : [{ value: v, name: facts.graph.values[v]?.name ?? '', size: sizes(v) }],
    ),
    skipStarts: skipStarts(facts, flow, node),
  };
}

function pillOf({ fused }: Flow, id: number): SceneNode['pill'] {
  const parts = fused[id] ?? [];
  const last = parts.at(-1)?.nodes.at(-1);
  return last === undefined ? null : { node: last, title: parts.map((part) => part.title).join(' · '), parts };
}

const familyOf = (family: Family | undefined): Family => family ?? 'shape';

/** After the last slash, or the last dot before something with a letter in it: `0` of `features.0` says nothing. */
function lastPart(name: string): string {
  let end = name.length;
  for (let i = end - 1; i >= 0; i--) {
    if (name[i] === '/') return name.slice(i + 1);
    if (name[i] !== '.') continue;
    if (/[A-Za-z]/.test(name.slice(i + 1, end))) return name.slice(i + 1);
    end = i;
  }
  return name;
}

function skipStarts(facts: Facts, flow: Flow, node: Node): boolean {
  return node.outputs.some(
    (v) => v !== null && (facts.graph.consumers[v] ?? []).some((c) => flow.skips.has(edgeKey(node.id, c))),
  );
}

function scenePorts(facts: Facts, flow: Flow): ScenePort[] {
  const port = (side: ScenePort['side'], value: ValueId, auxiliary: boolean): ScenePort => ({
    side,
    name: facts.graph.values[value]?.name ?? '',
    size: size(facts.types[value] ?? null),
    dtype: facts.types[value]?.dtype ?? 'unknown',
    value,
    auxiliary,
  });
  return [
    ...facts.graph.inputs.map((v) => port('input', v, false)),
    ...facts.graph.outputs.map((v, i) => port('output', v, flow.auxiliary[i] ?? false)),
  ];
}

function* sceneEdges(facts: Facts, flow: Flow, ports: readonly ScenePort[], sizes: Sizes): Steps<SceneEdge[]> {
  const { graph } = facts;
  const edges: SceneEdge[] = [];
  const inputPort = new Map(ports.flatMap((p, i) => (p.side === 'input' ? [[p.value, i] as const] : [])));
  const add = (value: ValueId, from: EdgeEnd, to: EdgeEnd, kind: SceneEdge['kind']): void => {
    edges.push({ from, to, value, size: sizes(value), kind });
  };
  const origin = (value: ValueId): EdgeEnd | null => {
    const producer = graph.values[value]?.producer ?? null;
    if (producer !== null) return { kind: 'node', node: producer };
    const port = inputPort.get(value);
    return port === undefined ? null : { kind: 'port', port };
  };
  const kindOf = (value: ValueId, from: EdgeEnd, to: number): SceneEdge['kind'] => {
    const source = from.kind === 'node' ? from.node : null;
    if ((source !== null && flow.plumbing[source]) || flow.plumbing[to]) return 'plumbing';
    if (flow.skips.has(edgeKey(source ?? -1 - value, to))) return 'skip';
    return flow.auxiliaryOnly[to] && (source === null || !flow.auxiliaryOnly[source]) ? 'auxiliary' : 'data';
  };
  const due = pacer();
  for (const node of graph.nodes) {
    if (due()) yield;
    for (const value of new Set(node.inputs)) {
      if (value === null) continue;
      const from = origin(value);
      if (from) add(value, from, { kind: 'node', node: node.id }, kindOf(value, from, node.id));
    }
  }
  ports.forEach((port, index) => {
    if (port.side !== 'output') return;
    const from = origin(port.value as ValueId);
    if (from) add(port.value as ValueId, from, { kind: 'port', port: index }, port.auxiliary ? 'auxiliary' : 'data');
  });
  return edges;
}

function header(facts: Facts, flow: Flow): SceneHeader {
  const { model, totals } = facts;
  const opset = model.opsets.get('ai.onnx');
  const input = facts.imageInput ?? facts.graph.inputs[0];
  const shape = input === undefined ? null : (facts.types[input]?.shape ?? null);
  return {
    format: FORMATS[model.format] ?? model.format,
    ...(model.format === 'cnn' ? { isDefinition: true } : {}),
    opset: opset === undefined ? '' : `opset ${opset}`,
    producer: model.producer,
    operators: flow.plumbing.filter((folded) => !folded).length,
    parameters: totals.parameters,
    macs: totals.macs,
    input: shape ? extents(shape, true) : '',
    fieldInput: fieldInput(facts),
    weights: weightState(facts),
  };
}

function fieldInput(facts: Facts): SceneHeader['fieldInput'] {
  const choices = fieldInputs(facts).map((id) => ({
    id,
    name: facts.graph.values[id]?.name ?? '',
    size: size(facts.types[id] ?? null),
  }));
  const chosen = choices.find(({ id }) => id === facts.imageInput);
  if (!chosen || choices.length < 2) return null;
  return { chosen: chosen.name, choices: choices.map(({ name, size: text }) => ({ name, size: text })) };
}

function weightState(facts: Facts): SceneHeader['weights'] {
  const parameters = facts.nodes.flatMap((n) => n.parameters.filter((p) => p.role === 'weight'));
  const stored = parameters.map((p) => facts.graph.values[p.source]?.constant ?? null);
  if (stored.some((c) => c?.elements.kind === 'missing')) return 'missing';
  const said = facts.model.metadata.get('convlens.weights');
  if (said === 'trained' || said === 'untrained') return said;
  // Weights spelled out by ConstantOfShape are a stand-in for a file without weights.
  return parameters.length && stored.every((c) => c === null) ? 'untrained' : null;
}
