import type { Location, Span } from '../../../diagnostics/diagnostic';
import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import type { Emitter, Step } from './emitter';
import type { Values } from './values';
import type { LayerRun, Shape, Wire } from './wire';

/** What lowering one layer needs of everything around it. */
export interface Surroundings {
  readonly emitter: Emitter;
  readonly source: string;
  readonly seed: number;
  readonly batch: number;
  /** Max poolings whose indices a max unpooling asks for, by the index of their run. */
  readonly unpooled: ReadonlySet<number>;
  /** What stands for the number of channels a layer was given: `width` scales it. */
  scaled(run: LayerRun, channels: number, multipleOf: number): number;
}

/** FNV-1a: the same name begins the same random numbers. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** One layer while it becomes nodes of the graph. */
export class LayerBuilder {
  constructor(
    readonly run: LayerRun,
    readonly values: Values,
    readonly around: Surroundings,
    readonly report: (problem: FixableDiagnostic) => void,
  ) {}

  get input(): Wire {
    return this.run.inputs[0]!;
  }

  /** The place of a problem. */
  at(span: Span): { readonly location: Location } {
    return { location: { kind: 'text', span } };
  }

  /** The place of an option, else of the word that names the layer. */
  of(option: string): { readonly location: Location } {
    return this.at(this.values.place(option, this.run.layer.kind.span));
  }

  seedFor(name: string): number {
    const own = this.values.count('seed', 0);
    return hash(`${own ?? this.around.seed}/${name}`);
  }

  /** The input as a picture; its extents are unknown where it is none, which is told. */
  picture(): Shape & { readonly spatial: NonNullable<Shape['spatial']> } {
    const { shape } = this.input;
    if (shape?.spatial) return { channels: shape.channels, spatial: shape.spatial };
    if (shape) {
      this.report(problems.needsPicture(this.at(this.run.layer.kind.span), this.run.kind?.title ?? t('This layer')));
    }
    return { channels: null, spatial: [null, null] };
  }

  /** Puts the operators of this layer behind each other and gives what comes out. */
  emit(steps: readonly Step[], shape: Shape | null, before: string = this.input.tensor): Wire {
    return { tensor: this.around.emitter.chain(this.run, before, steps), shape, run: this.run };
  }

  named(suffix: string): string {
    return `${this.run.path}.${suffix}`;
  }
}
