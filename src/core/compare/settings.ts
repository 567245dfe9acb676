/** What an operator is set to, wherever the file writes it: attributes, and small constant inputs under the names of their ports. */
import type { Facts } from '../analysis/facts';
import { dimText } from '../ir/dim';
import type { Attr, Constant, Graph, Node, ValueId } from '../ir/types';
import type { Window } from '../ops/dependence';
import { attributeRows } from '../view/attributes';
import { attributeDefaults } from '../view/attributeDefaults';

export interface Setting {
  /** Complete, so that equal texts mean equal settings. */
  readonly text: string;
  /** What the operator takes anyway when nobody says so. */
  readonly usual: boolean;
  /** Worked out from the input's size by shape arithmetic: differs as a consequence, not by itself. */
  readonly derived: boolean;
}

export type Settings = ReadonlyMap<string, Setting>;

/** Ways of writing one geometry; where it is known, it is said in one way. */
const GEOMETRY = ['kernel_shape', 'strides', 'pads', 'dilations', 'auto_pad'];

const list = (items: readonly (number | string | bigint)[]): string => items.map(String).join(', ');
/** Stored as 32 bits: seven digits say it as it was meant. */
const real = (n: number): string => String(Number(n.toPrecision(7)));

function constantText({ dtype, shape, elements }: Constant): string {
  const what = `${dtype} ${shape.join('×') || 'scalar'}`;
  if (elements.kind !== 'inline') return what;
  return `${what}: ${list(elements.values.map((v) => (typeof v === 'number' ? real(v) : v)))}`;
}

function attributeText(attr: Attr): string {
  switch (attr.kind) {
    case 'int':
      return String(attr.value);
    case 'float':
      return real(attr.value);
    case 'ints':
      return list(attr.value);
    case 'floats':
      return list(attr.value.map(real));
    case 'string':
    case 'other':
      return attr.value;
    case 'strings':
      return list(attr.value);
    case 'tensor':
      return constantText(attr.value);
    case 'graph':
      return graphText(attr.value);
    case 'graphs':
      return attr.value.map(graphText).join(' | ');
  }
}

const graphs = new WeakMap<Graph, string>();

/** A body by its structure: names are left out. */
export function graphText(graph: Graph): string {
  const known = graphs.get(graph);
  if (known !== undefined) return known;
  const place = new Map<ValueId, string>(graph.inputs.map((id, i) => [id, `in${i}`]));
  let made = 0;
  const value = (id: ValueId | null): string => {
    if (id === null) return '';
    const own = graph.values[id];
    return place.get(id) ?? (own?.constant ? constantText(own.constant) : own?.captured ? own.name : '?');
  };
  const lines = graph.order.flatMap((id) => {
    const node = graph.nodes[id];
    if (!node) return [];
    const attrs = [...node.attrs].map(([name, attr]) => `${name}=${attributeText(attr)}`).sort();
    const line = `${node.domain}:${node.op}(${node.inputs.map(value).join(', ')})[${attrs.join('; ')}]`;
    for (const output of node.outputs) if (output !== null) place.set(output, `v${made++}`);
    return [line];
  });
  const text = `${lines.join('\n')}\n→ ${graph.outputs.map(value).join(', ')}`;
  graphs.set(graph, text);
  return text;
}

function geometry(windows: readonly Window[]): readonly (readonly [name: string, text: string, usual: boolean])[] {
  const each = (read: (w: Window) => number): readonly number[] => windows.map(read);
  const pads = [...each((w) => w.padBegin), ...each((w) => w.padEnd)];
  const strides = each((w) => w.stride);
  const dilations = each((w) => w.dilation);
  const all = (items: readonly number[], value: number): boolean => items.every((item) => item === value);
  return [
    ['kernel_shape', list(each((w) => w.kernel)), false],
    ['strides', list(strides), all(strides, 1)],
    ['pads', list(pads), all(pads, 0)],
    ['dilations', list(dilations), all(dilations, 1)],
  ];
}

/** `plumbing`: by NodeId, shape arithmetic and constants. */
export function settingsOf(facts: Facts, node: Node, plumbing: readonly boolean[]): Settings {
  const settings = new Map<string, Setting>();
  const known = facts.nodes[node.id];
  const opset = known?.context?.opset ?? 0;
  const defaults = new Map(
    node.domain === '' ? attributeDefaults(node.op, opset).map(({ name, value }) => [name, value] as const) : [],
  );
  for (const [name, attr] of node.attrs) {
    const text = attributeText(attr);
    settings.set(name, { text, usual: defaults.get(name)?.replaceAll(',', ', ') === text, derived: false });
  }
  for (const { name, value, isDefault } of attributeRows(node, known))
    if (isDefault && !settings.has(name)) settings.set(name, { text: value, usual: true, derived: false });
  const windows = known?.windows;
  // With automatic padding the border follows from the size: the rule itself is the setting.
  const automatic = (settings.get('auto_pad')?.text ?? 'NOTSET') !== 'NOTSET';
  if (windows?.length && GEOMETRY.some((name) => settings.has(name))) {
    if (!automatic) for (const name of GEOMETRY) settings.delete(name);
    for (const [name, text, usual] of geometry(windows))
      settings.set(name, { text, usual, derived: automatic && name === 'pads' });
  }
  constantInputs(facts, node, plumbing, settings);
  return settings;
}

function constantInputs(facts: Facts, node: Node, plumbing: readonly boolean[], settings: Map<string, Setting>): void {
  const known = facts.nodes[node.id];
  const parameters = new Set(known?.parameters.map(({ input }) => input));
  node.inputs.forEach((value, input) => {
    if (value === null || parameters.has(input)) return;
    const producer = facts.graph.values[value]?.producer ?? null;
    const constant = facts.constant[value] === true;
    if (!constant && !(producer !== null && plumbing[producer] && !plumbing[node.id])) return;
    const contents = facts.contents.get(value);
    const type = facts.types[value];
    const name = known?.def?.inputs[input]?.name ?? `input ${input}`;
    // A constant that holds nothing stands for one left out.
    if (contents?.values.length === 0) return;
    const shape = type?.shape?.map((d) => (typeof d === 'number' ? d : dimText(d))).join('×') ?? '?';
    const text = contents
      ? list(contents.values.map((v) => (typeof v === 'number' ? real(v) : dimText(v))))
      : `${type?.dtype ?? 'unknown'} ${shape}`;
    settings.set(name, { text, usual: false, derived: !constant });
  });
}
