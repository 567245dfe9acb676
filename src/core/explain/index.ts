import { conv } from './conv';
import type { Explainer } from './explainer';

const explainers: readonly Explainer[] = [conv];

const byName = new Map(explainers.map((one) => [`${one.def.domain ?? ''}:${one.def.name}`, one]));

/** What works out units of this operator, or null. */
export const explainerOf = (domain: string, op: string): Explainer | null =>
  byName.get(`${domain === 'ai.onnx' ? '' : domain}:${op}`) ?? null;
