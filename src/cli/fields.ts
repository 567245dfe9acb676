import type { Facts } from '../core/analysis';
import { unitField } from '../core/analysis/exactField';
import { fieldPlan, type FieldPlan } from '../core/analysis/fieldPlan';
import { coverage, type Coverage } from '../core/analysis/coverage';
import { dimText } from '../core/ir/dim';
import type { ValueId } from '../core/ir/types';
import { valueNamed } from './naming';
import { UsageError } from './usage';

/** Null where it cannot be told, and why. */
export interface UnitAnswer {
  readonly ranges: readonly (readonly [number, number])[] | null;
  readonly pixels: number | null;
  readonly padding: number | null;
  readonly why?: string;
}

export const noAnswer = (why: string): UnitAnswer => ({ ranges: null, pixels: null, padding: null, why });

/** Questions about one analysis; what they share is made once. */
export class Fields {
  private made: { readonly plan: FieldPlan | null } | undefined;

  constructor(private readonly facts: Facts) {}

  private get plan(): FieldPlan | null {
    return (this.made ??= { plan: fieldPlan(this.facts) }).plan;
  }

  /** Throws a UsageError where there is no such tensor, or no such unit in it. */
  unit(name: string, at: readonly number[]): UnitAnswer {
    const value = this.find(name);
    const { plan } = this;
    if (!plan) return noAnswer(this.noImage());
    this.checkPlace(plan, value, at);
    const field = unitField(plan, value, at);
    if (!field) return noAnswer(this.unknown(plan, value));
    const { ranges, pixels, padding } = field;
    return { ranges, pixels, padding };
  }

  coverage(name: string): Coverage | { readonly why: string } {
    const value = this.find(name);
    const { plan } = this;
    if (!plan) return { why: this.noImage() };
    return coverage(plan, value) ?? { why: this.unknown(plan, value) };
  }

  private find(name: string): ValueId {
    const id = valueNamed(this.facts, name);
    if (id === null) throw new UsageError(`the model has no tensor and no layer “${name}”`);
    return id;
  }

  private checkPlace(plan: FieldPlan, value: ValueId, at: readonly number[]): void {
    const unit = plan.values[value];
    if (unit === null || unit === undefined || unit === 'unknown') return;
    unit.extents.forEach((extent, axis) => {
      if (!unit.spatial[axis]) return;
      const index = at[axis];
      const shape = unit.extents.map((e) => e ?? '?').join('×');
      if (index === undefined) throw new UsageError(`a unit of ${shape} needs ${unit.extents.length} indices`);
      if (extent !== null && index >= extent) throw new UsageError(`there is no unit ${at.join(',')} in ${shape}`);
    });
  }

  private noImage(): string {
    return this.facts.imageInput === null ? 'the model has no input' : 'its input has no spatial axes';
  }

  private unknown(plan: FieldPlan, value: ValueId): string {
    if (plan.values[value] === 'unknown') return 'an operator on the way to it is not known';
    const image = this.facts.imageInput;
    const shape = image === null ? null : this.facts.types[image]?.shape;
    const symbolic = shape?.filter((d) => typeof d !== 'number') ?? [];
    if (!symbolic.length) return 'a size on the way to it is not known';
    const input = image === null ? '' : (this.facts.graph.values[image]?.name ?? '');
    return `the input’s size is not known (${symbolic.map(dimText).join(', ')}); give it by --input ${input}=...`;
  }
}
