import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { int, type Step } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import { remedies } from './mismatch';
import type { Pair } from './values';
import { cropStep } from './upsampling';
import { shapeText, spatialText, type Branch, type Extent, type Shape, type Wire } from './wire';

export type JoinKind = 'add' | 'sub' | 'mul' | 'concat';

const OPERATORS: Readonly<Record<JoinKind, string>> = { add: 'Add', sub: 'Sub', mul: 'Mul', concat: 'Concat' };

export function join(builder: LayerBuilder, kind: JoinKind, branches: readonly Branch[]): Wire {
  const { run } = builder;
  const cropped = builder.values.flag('crop') === true ? cropBranches(builder, branches) : branches;
  const tensors = cropped.map(({ wire }) => wire.tensor);
  const shape = kind === 'concat' ? besideShape(builder, cropped) : togetherShape(builder, kind, cropped);
  if (kind === 'concat') {
    return builder.emit([{ suffix: '', op: 'Concat', attrs: { axis: int(1) }, inputs: () => tensors }], shape);
  }
  if (kind === 'add' && tensors.length > 2) {
    return builder.emit([{ suffix: '', op: 'Sum', inputs: () => tensors }], shape);
  }
  if (kind === 'sub' && tensors.length > 2) {
    builder.report(problems.oneInput(builder.at(run.layer.kind.span), t('A difference of more than two')));
  }
  const [first = '', second = '', ...others] = tensors;
  const op = OPERATORS[kind];
  const more = kind === 'mul' ? others : [];
  const steps = more.map((tensor, i): Step => ({ suffix: `with${i + 3}`, op, inputs: (x) => [x, tensor] }));
  return builder.emit([{ suffix: '', op, inputs: () => [first, second] }, ...steps], shape);
}

/** `These two branches are 27×27 and 28×28` at the branch that differs from the first. */
function report(
  builder: LayerBuilder,
  kind: JoinKind,
  branches: readonly Branch[],
  odd: Branch,
  text: (shape: Shape) => string,
): void {
  const sizes = branches.map(({ wire }) => (wire.shape ? text(wire.shape) : '?'));
  const { why, fixes } = remedies(builder, branches, odd);
  const place = builder.at(odd.span);
  const problem: FixableDiagnostic =
    kind === 'concat' ? problems.cannotJoin(place, sizes, why) : problems.cannotMeet(place, kind, sizes, why);
  builder.report(fixes.length ? { ...problem, fixes } : problem);
}

const differs = (a: Extent, b: Extent): boolean => a !== null && b !== null && a !== b;

const spatialDiffers = (a: Shape, b: Shape): boolean =>
  !!a.spatial !== !!b.spatial ||
  (!!a.spatial && !!b.spatial && (differs(a.spatial[0], b.spatial[0]) || differs(a.spatial[1], b.spatial[1])));

/** Where one branch knows more than another, that is what the result has. */
function merged(shapes: readonly Shape[]): Shape {
  const first = (pick: (shape: Shape) => Extent | undefined): Extent => {
    const found = shapes.map((shape) => pick(shape) ?? null);
    const known = found.find((extent) => extent !== null) ?? null;
    // Beside something unknown, one pixel may be stretched over it.
    return known === 1 && found.includes(null) ? null : known;
  };
  const channels = first((shape) => shape.channels);
  if (!shapes.some(({ spatial }) => spatial)) return { channels, spatial: null };
  return { channels, spatial: [first(({ spatial }) => spatial?.[0]), first(({ spatial }) => spatial?.[1])] };
}

const known = (branches: readonly Branch[]): readonly Shape[] =>
  branches.map(({ wire }) => wire.shape).filter((shape): shape is Shape => shape !== null);

/** One pixel for each channel weighs whole channels. */
const isGate = ({ spatial }: Shape): boolean => spatial?.[0] === 1 && spatial[1] === 1;

function togetherShape(builder: LayerBuilder, kind: JoinKind, branches: readonly Branch[]): Shape | null {
  const shapes = known(branches);
  const [first] = branches;
  if (!first || shapes.length === 0) return null;
  const full = kind === 'mul' ? shapes.filter((shape) => !isGate(shape)) : shapes;
  const counted = full.length ? full : shapes;
  const model = counted[0]!;
  const oddSize = branches.find(
    ({ wire: { shape } }) => shape && counted.includes(shape) && spatialDiffers(model, shape),
  );
  const oddChannels = branches.find(({ wire: { shape } }) => shape && differs(model.channels, shape.channels));
  const odd = oddSize ?? oddChannels;
  if (odd) {
    report(builder, kind, branches, odd, (shape) => (oddSize && !oddChannels ? sizeText(shape) : shapeText(shape)));
    const { channels } = merged(counted);
    return { channels: oddChannels ? null : channels, spatial: oddSize ? unknownSpatial(model) : model.spatial };
  }
  return merged(counted);
}

const unknownSpatial = (shape: Shape): Shape['spatial'] => (shape.spatial ? [null, null] : null);

/** Only what differs: where channels agree, rows and columns. */
const sizeText = (shape: Shape): string =>
  shape.spatial ? spatialText(shape.spatial) : t('a vector of {0}', shapeText(shape));

function besideShape(builder: LayerBuilder, branches: readonly Branch[]): Shape | null {
  const shapes = known(branches);
  const [model] = shapes;
  if (!model) return null;
  const odd = branches.find(({ wire: { shape } }) => shape && spatialDiffers(model, shape));
  if (odd)
    report(builder, 'concat', branches, odd, (shape) => (shape.spatial ? spatialText(shape.spatial) : t('a vector')));
  const unknown = shapes.length < branches.length || shapes.some(({ channels }) => channels === null);
  const channels = unknown ? null : shapes.reduce((sum, shape) => sum + (shape.channels ?? 0), 0);
  return { channels, spatial: odd ? unknownSpatial(model) : merged(shapes).spatial };
}

/** Larger branches are cut down to the smallest, around the middle, as in the first U-Net. */
function cropBranches(builder: LayerBuilder, branches: readonly Branch[]): readonly Branch[] {
  const sizes = branches.map(({ wire }) => full(wire.shape));
  if (sizes.some((size) => size === null)) return branches;
  const smallest = (axis: 0 | 1): number => Math.min(...sizes.map((size) => size![axis]));
  const to: Pair = [smallest(0), smallest(1)];
  return branches.map((branch, i) => {
    const from = sizes[i]!;
    if (from[0] === to[0] && from[1] === to[1]) return branch;
    const { wire } = branch;
    const name = builder.around.emitter.unique(`${builder.run.path}_crop${i + 1}`);
    const step = { ...cropStep(builder, `crop${i + 1}`, from, to), name };
    const tensor = builder.around.emitter.aside(builder.run, wire.tensor, step);
    return {
      ...branch,
      wire: { tensor, shape: { channels: wire.shape?.channels ?? null, spatial: to }, run: wire.run },
    };
  });
}

const full = (shape: Shape | null): Pair | null => {
  const [rows, columns] = shape?.spatial ?? [null, null];
  return rows === null || columns === null ? null : [rows, columns];
};
