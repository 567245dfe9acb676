import { activations } from './activation';
import { elementwise } from './arithmetic';
import { batchNorm } from './batchNorm';
import { cast } from './cast';
import { concat } from './concat';
import { conv } from './conv';
import { convTranspose } from './convTranspose';
import type { Explainer } from './explainer';
import { gemm } from './gemm';
import { globalPoolings } from './globalPool';
import { lrn } from './lrn';
import { matMul } from './matMul';
import { maxUnpool } from './maxUnpool';
import { movers } from './moved';
import { normalisations } from './normalised';
import { poolings } from './pooling';
import { quantisedLayers } from './quantised';
import { reductions } from './reduction';
import { regroupings } from './regrouped';
import { resizes } from './resize';
import { softmaxes } from './softmax';

/** Every operator whose units can be worked out. One more is one more line here and one file. */
const explainers: readonly Explainer[] = [
  ...activations,
  batchNorm,
  cast,
  concat,
  conv,
  convTranspose,
  ...elementwise,
  gemm,
  ...globalPoolings,
  lrn,
  matMul,
  maxUnpool,
  ...movers,
  ...normalisations,
  ...poolings,
  ...quantisedLayers,
  ...reductions,
  ...regroupings,
  ...resizes,
  ...softmaxes,
];

const byName = new Map(explainers.map((one) => [`${one.def.domain ?? ''}:${one.def.name}`, one]));

/** What works out units of this operator, or null. */
export const explainerOf = (domain: string, op: string): Explainer | null =>
  byName.get(`${domain === 'ai.onnx' ? '' : domain}:${op}`) ?? null;
