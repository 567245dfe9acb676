import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { layersOf, type BlockSyntax, type LayerSyntax, type Program } from '../syntax/program';
import type { Tree, Word } from '../syntax/tree';
import { atOnce, type Steps } from '../../../steps';
import { layerNamed, type LayerKind } from '../vocabulary/layers';
import type { PassOptions, Problem } from './pass';
import { readBlockUse } from './blockUse';
import { branchesOf, inputOf, poolingOf, saysWhereTo, type Bodies } from './inputs';
import { Emitter } from './emitter';
import { substitute, type Parameters } from './expression';
import { readLayer, type GivenOptions, type ReadLayer } from './given';
import { LayerBuilder, type Surroundings } from './layerBuilder';
import { lowerLayer } from './layerTable';
import { Naming, nameWord } from './naming';
import { resolve, type Resolved, type Use } from './references';
import { Scope, type Frame } from './scope';
import type { Settings } from './settings';
import { Values } from './values';
import { isInside } from './recursion';
import { missingColon, unfinished } from './unfinished';
import { picture, type LayerRun, type Wire } from './wire';

/** More than any net has; blocks that use blocks reach it by doubling. */
const MOST_RUNS = 20_000;

/** The layers of a text in the order of computation, and the graph they become. Total: any text gives one. */
export class Lowering implements Bodies {
  readonly emitter: Emitter;
  readonly runs: LayerRun[] = [];
  readonly problems: Problem[] = [];
  readonly uses: Use[] = [];
  readonly outputs: Wire[] = [];
  readonly input: Wire;
  /** Max poolings that a max unpooling named. */
  readonly unpooled = new Set<number>();
  readonly naming = new Naming((problem) => this.say(problem, null));
  private readonly blocks: ReadonlyMap<string, BlockSyntax>;
  private readonly blockNames: ReadonlySet<string>;
  private readonly read = new Map<LayerSyntax, ReadLayer>();
  private readonly nested = new Map<Tree, readonly LayerSyntax[]>();
  private readonly around: Surroundings;
  private readonly layers: readonly LayerSyntax[];
  private full = false;

  constructor(
    source: string,
    program: Program,
    private readonly settings: Settings,
    private readonly pass: PassOptions,
  ) {
    this.emitter = new Emitter(settings.name);
    const { size } = settings;
    const shape = size ? picture(size.channels, size.rows, size.columns) : null;
    this.input = { tensor: this.emitter.unique('input'), shape, run: null };
    const extents = size ? [size.batch, size.channels, size.rows, size.columns] : null;
    this.emitter.builder.input('input', { dtype: 'float32', shape: extents }, settings.inputPlace);
    this.blocks = new Map(program.blocks.map((block) => [block.name.text, block]));
    this.blockNames = new Set(this.blocks.keys());
    this.around = {
      emitter: this.emitter,
      source,
      seed: settings.seed,
      batch: size?.batch ?? 1,
      unpooled: pass.unpooled,
      scaled: (run, channels, multipleOf) => this.scaled(run, channels, multipleOf),
    };
    this.layers = program.layers;
  }

  /** Everything, in steps of a layer each. */
  *run(): Steps<void> {
    const body = this.layers;
    const frame: Frame = {
      scope: new Scope(null),
      parameters: new Map(),
      call: null,
      prefix: '',
      body,
      previous: this.input,
    };
    yield* this.bodyInSteps(body, frame);
    if (frame.previous.run) this.outputs.unshift(frame.previous);
  }

  /** Layers one after the other, each from the result of the one before. */
  body(layers: readonly LayerSyntax[], frame: Frame): void {
    atOnce(this.bodyInSteps(layers, frame));
  }

  private *bodyInSteps(layers: readonly LayerSyntax[], frame: Frame): Steps<void> {
    for (const layer of layers) {
      yield* this.layer(layer, frame);
      yield;
    }
  }

  /** One line of the text: as many layers of the net as it repeats. */
  private *layer(layer: LayerSyntax, frame: Frame): Steps<void> {
    const name = layer.kind.text;
    const block = this.blocks.get(name) ?? null;
    const kind = block ? null : layerNamed(name);
    if (!block && !kind) {
      unfinished(this, layer, frame, this.blockNames);
      return;
    }
    if (layer.map === null && layer.value.kind === 'text') missingColon(this, layer.kind);
    const use = block ? readBlockUse(layer, block) : null;
    const { given, problems: found } = use ?? this.readOnce(layer, kind!);
    for (const problem of found) this.say(problem, null);
    if (block) this.uses.push({ span: layer.kind.span, target: block.name, kind: 'block' });
    const times = Math.min(this.valuesOf(given, frame, null).count('repeat') ?? 1, MOST_RUNS);
    for (let copy = 0; copy < times && this.mayGrow(layer); copy++) {
      const run = this.begin(layer, kind, block, given, frame, times > 1 ? copy : null);
      yield;
      if (block && use) yield* this.callBlock(run, block, use.values, frame, copy > 0);
      else if (kind?.name === 'head') yield* this.head(run, frame);
      else if (kind) this.ordinary(run, kind, frame, copy > 0);
    }
  }

  private mayGrow(layer: LayerSyntax): boolean {
    if (this.runs.length < MOST_RUNS) return true;
    if (!this.full)
      this.say(problems.tooManyLayers(at(layer.kind), MOST_RUNS.toLocaleString('en').replace(',', ' ')), null);
    this.full = true;
    return false;
  }

  private readOnce(layer: LayerSyntax, kind: LayerKind): ReadLayer {
    const known = this.read.get(layer) ?? readLayer(layer, kind);
    this.read.set(layer, known);
    return known;
  }

  private valuesOf(given: GivenOptions, { parameters }: Frame, run: LayerRun | null): Values {
    return new Values(given, parameters, (problem) => this.say(problem, run));
  }

  private begin(
    layer: LayerSyntax,
    kind: LayerKind | null,
    block: BlockSyntax | null,
    given: GivenOptions,
    frame: Frame,
    copy: number | null,
  ): LayerRun {
    const word = nameWord(given);
    const name = word && this.naming.checked(this.spelled(word, frame), frame, (copy ?? 0) > 0);
    const made = name ?? this.naming.counted(kind?.name ?? block?.name.text ?? '', frame);
    const own = name !== null && copy !== null ? `${made}.${copy + 1}` : made;
    const run: LayerRun = {
      index: this.runs.length,
      layer,
      kind,
      block,
      given,
      path: this.emitter.unique(`${frame.prefix}${own}`),
      name,
      call: frame.call,
      nodes: [],
      main: null,
      inputs: [],
      result: null,
      window: null,
      pooled: null,
      makesChannels: false,
      fixedWeights: false,
    };
    this.runs.push(run);
    return run;
  }

  /** A word with its parameters replaced. */
  spelled(word: Word, { parameters }: Frame): Word {
    const { text, unknown } = substitute(word.text, parameters);
    for (const name of unknown) {
      this.say(
        problems.unknownParameter(at(word), name, [...parameters.keys()].map((key) => `$${key}`).join(', ')),
        null,
      );
    }
    return text === word.text ? word : { text, span: word.span };
  }

  resolve(word: Word, frame: Frame, run: LayerRun | null): Resolved | null {
    const spelled = this.spelled(word, frame);
    if (spelled.text.includes('$')) return null;
    const say = (problem: FixableDiagnostic): void => this.say(problem, run);
    return resolve(spelled, frame, this, this.around.source, say);
  }

  private ordinary(run: LayerRun, kind: LayerKind, frame: Frame, again: boolean): void {
    const values = this.valuesOf(run.given, frame, run);
    const builder = new LayerBuilder(run, values, this.around, (problem) => this.say(problem, run));
    if (kind.chapter === 'join') {
      const [told, branches] = [this.problems.length, branchesOf(this, run, frame, again)];
      run.inputs.push(...branches.map(({ wire }) => wire));
      if (branches.length < 2) {
        const span = values.place('inputs', run.layer.kind.span);
        if (!saysWhereTo(this.problems.slice(told)))
          this.say(problems.twoInputs(at({ span }), kind.title, branches.length), run);
        this.finish(run, frame, frame.previous, null);
      } else this.finish(run, frame, lowerLayer(builder, kind, { branches, target: null, source: null }), null);
      return;
    }
    run.inputs.push(inputOf(this, run, frame, again));
    const like = run.given.get('like')?.words[0];
    const target = (like && this.resolve(like, frame, run)?.wire) ?? null;
    const source = kind.name === 'maxunpool' ? poolingOf(this, run, frame) : null;
    if (source) this.unpooled.add(source.index);
    this.finish(run, frame, lowerLayer(builder, kind, { branches: [], target, source }), null);
  }

  layersIn(tree: Tree): readonly LayerSyntax[] {
    const known = this.nested.get(tree) ?? layersOf(tree, this.blockNames);
    this.nested.set(tree, known);
    return known;
  }

  /** An auxiliary head: its layers lead to an output, and the net goes on from before it. */
  private *head(run: LayerRun, frame: Frame): Steps<void> {
    const given = run.given.get('layers');
    const before = frame.previous;
    const start = inputOf(this, run, frame, false);
    run.inputs.push(start);
    const body = given?.tree ? this.layersIn(given.tree) : [];
    if (!body.length)
      this.say(problems.noValue(at(run.layer.kind), t('The layers of the head'), 'head: [dense: 10]'), run);
    const inner: Frame = { ...frame, call: run, prefix: `${run.path}/`, body, previous: start };
    yield* this.bodyInSteps(body, inner);
    this.finish(run, frame, inner.previous, null);
    if (inner.previous !== start) this.output(inner.previous);
    frame.previous = before;
  }

  private *callBlock(
    run: LayerRun,
    block: BlockSyntax,
    said: ReadonlyMap<string, Word>,
    frame: Frame,
    again: boolean,
  ): Steps<void> {
    const start = inputOf(this, run, frame, again);
    run.inputs.push(start);
    if (isInside(run, block)) {
      this.say(problems.recursion(at(run.layer.kind), block.name.text), run);
      this.finish(run, frame, start, null);
      return;
    }
    if (!block.layers.length) this.say(problems.emptyBlock(at(block.name), block.name.text), null);
    const scope = new Scope(frame.scope);
    const parameters = this.argumentsOf(run, block, said, frame);
    const inner: Frame = { scope, parameters, call: run, prefix: `${run.path}/`, body: block.layers, previous: start };
    yield* this.bodyInSteps(block.layers, inner);
    this.finish(run, frame, inner.previous, scope);
  }

  private argumentsOf(run: LayerRun, block: BlockSyntax, said: ReadonlyMap<string, Word>, frame: Frame): Parameters {
    const parameters = new Map<string, string>();
    for (const { name, usual } of block.parameters) {
      const given = said.get(name.text);
      const spelled = given && this.spelled(given, frame);
      const named = spelled && frame.scope.path(spelled.text);
      // A layer handed over by its name.
      if (named) this.uses.push({ span: spelled.span, target: named.word, kind: 'layer' });
      if (spelled) parameters.set(name.text, spelled.text);
      else if (usual) parameters.set(name.text, substitute(usual.text, parameters).text);
      else this.say(problems.missingParameter(at(run.layer.kind), block.name.text, name.text), run);
    }
    return parameters;
  }

  private finish(run: LayerRun, frame: Frame, wire: Wire, inside: Scope | null): void {
    run.result = wire;
    frame.previous = wire;
    const word = nameWord(run.given);
    if (run.name !== null && word) frame.scope.define(run.name, { wire, run, word, inside });
    const output = run.given.get('output');
    if (output && !/^(false|no|off)$/.test(output.words[0]?.text ?? '')) this.output(wire);
  }

  private output(wire: Wire): void {
    if (wire.run && !this.outputs.some(({ tensor }) => tensor === wire.tensor)) this.outputs.push(wire);
  }

  private scaled(run: LayerRun, channels: number, multipleOf: number): number {
    const { width } = this.settings;
    if (width === 1 || this.pass.unscaled.has(run.index)) return channels;
    // Groups stay whole: each keeps at least one channel.
    return Math.max(1, Math.round((channels * width) / multipleOf)) * multipleOf;
  }

  say(problem: FixableDiagnostic, run: LayerRun | null): void {
    this.problems.push({ problem, run });
  }
}

const at = ({ span }: Pick<Word, 'span'>) => ({ location: { kind: 'text', span } }) as const;
