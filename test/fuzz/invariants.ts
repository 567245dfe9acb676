/** What must hold of any file whatever: the core never throws but its own Cancelled, and claims nothing that can't be. */
import assert from 'node:assert/strict';
import { analyze, type Facts } from '../../src/core/analysis';
import { coverage } from '../../src/core/analysis/coverage';
import { unitField } from '../../src/core/analysis/exactField';
import { fieldPlan } from '../../src/core/analysis/fieldPlan';
import { openModel } from '../../src/core/formats';
import { formulaView } from '../../src/core/view/mathml';
import { buildScene, draw } from '../../src/core/view/scene';
import { loneFile } from '../support/modelFile';
import type { Random } from './random';

/** Reads, analyses and draws these bytes, asks two units what they see, and holds everything said to the invariants. */
export async function hold(bytes: Uint8Array, random: Random, name = 'fuzz.onnx'): Promise<void> {
  const parsed = await openModel(loneFile(bytes, name));
  noInternal(parsed.diagnostics);
  if (!parsed.model) {
    assert.ok(parsed.diagnostics.length > 0, 'no model, and nothing says why');
    return;
  }
  const facts = analyze(parsed.model);
  noInternal(facts.diagnostics);
  factsHold(facts);
  const scene = buildScene(draw(facts, parsed.diagnostics), name);
  finite(scene, 'scene');
  structuredClone(scene);
  sceneHolds(scene, facts);
  wordsHold(facts);
  unitsHold(facts, random);
}

function noInternal(diagnostics: readonly { readonly code: string; readonly message: string }[]): void {
  for (const { code, message } of diagnostics) {
    assert.ok(code !== 'file/internal', message);
    assert.ok(message.length <= 2000, `a message of ${message.length} characters (${code})`);
    assert.ok(!/\b(NaN|undefined(?!-input)|Infinity)\b|\[object/.test(message), `${code}: ${message}`);
  }
}

/** No number anywhere that is none. */
function finite(value: unknown, path: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${path} is ${value}`);
  else if (Array.isArray(value)) value.forEach((v, i) => finite(v, `${path}[${i}]`));
  else if (value && typeof value === 'object')
    for (const [key, v] of Object.entries(value)) finite(v, `${path}.${key}`);
}

function factsHold(facts: Facts): void {
  facts.types.forEach((type, value) => {
    for (const extent of type?.shape ?? []) {
      if (typeof extent === 'number') {
        assert.ok(Number.isSafeInteger(extent) && extent >= 0, `value ${value} has an extent of ${extent}`);
      }
    }
  });
  facts.fields.forEach((field, value) => {
    if (!field) return;
    finite(field, `field of value ${value}`);
    field.size.forEach((size, k) => {
      const smallest = field.smallest[k] ?? null;
      if (size === null) return;
      assert.ok(size >= 0, `value ${value} sees ${size} pixels`);
      if (smallest !== null) assert.ok(smallest <= size + 1e-9, `value ${value}: smallest ${smallest} of ${size}`);
    });
  });
  facts.nodes.forEach((node, id) => {
    for (const n of [node.parameterCount, node.macs, node.activationBytes]) {
      assert.ok(n === null || (Number.isFinite(n) && n >= 0), `node ${id} counts ${n}`);
    }
  });
  finite(facts.totals, 'totals');
}

/** What a card would say: formulas and labels are made when somebody looks, so looking is part of the trial. */
function wordsHold(facts: Facts): void {
  facts.nodes.forEach(({ def, context }, id) => {
    if (!def || !context) return;
    const formula = def.formula?.(context) ?? null;
    const view = formula && formulaView(formula, null);
    finite(view, `formula of node ${id}`);
    for (const text of [view?.text, view?.latex, ...(def.label?.(context) ?? [])]) {
      assert.ok(!/\b(NaN|undefined|Infinity)\b|\[object|=>/.test(text ?? ''), `node ${id} says ${text}`);
    }
  });
}

/** Both ends of every edge are there and speak of the same tensor. */
function sceneHolds(scene: ReturnType<typeof buildScene>, facts: Facts): void {
  const { values } = facts.graph;
  for (const { from, to, value } of scene.edges) {
    assert.ok(values[value], `an edge carries the value ${value}`);
    if (from.kind === 'node') assert.equal(values[value].producer, from.node, 'an edge leaves its producer');
    else assert.equal(scene.ports[from.port]?.value, value, 'an edge leaves the port of its value');
    const consumers: readonly number[] = facts.graph.consumers[value] ?? [];
    if (to.kind === 'node') assert.ok(consumers.includes(to.node), 'an edge enters a consumer');
  }
  for (const node of scene.nodes) {
    if (node.group !== null)
      assert.ok(scene.groups[node.group]?.nodes.includes(node.id), 'a group knows its operators');
  }
}

/** Exact fields and coverage of some tensors lie inside the picture and agree with each other. */
function unitsHold(facts: Facts, random: Random): void {
  const plan = fieldPlan(facts);
  if (!plan) return;
  const area = plan.extents.reduce((product, n) => (product === null || n === null ? null : product * n), 1);
  if (area === null || area > 1e6) return;
  for (let i = 0; i < 2; i++) {
    const value = Math.floor(random() * plan.values.length);
    const unit = plan.values[value];
    const extents = unit === null || unit === undefined || unit === 'unknown' ? [] : unit.extents;
    const at = extents.map((n) => Math.floor(random() * (n ?? 1)));
    const field = unitField(plan, value, at);
    if (field) {
      finite(field, 'exact field');
      assert.ok(field.pixels >= 0 && field.pixels <= area, `${field.pixels} pixels of ${area}`);
      assert.equal(field.ranges === null, field.pixels === 0, 'ranges are null where nothing is seen');
      field.ranges?.forEach(([first, last], k) => {
        assert.ok(first >= 0 && first <= last && last < plan.extents[k]!, `${first}…${last} of ${plan.extents[k]}`);
      });
    }
    const covered = area <= 10_000 ? coverage(plan, value) : null;
    if (covered) assert.ok(covered.unseen >= 0 && covered.unseen <= area, `${covered.unseen} pixels unseen of ${area}`);
  }
}
