import { averagePool } from './averagePool';
import { batchNorm } from './batchNorm';
import { conv } from './conv';
import { dropout } from './dropout';
import { gemm } from './gemm';
import { globalAveragePool, globalMaxPool } from './globalPool';
import { globalLpPool, lpPool } from './lpPool';
import { lrn } from './lrn';
import { matMul } from './matMul';
import { maxPool } from './maxPool';
import type { OpDef } from './operator';

/** Every operator ConvLens knows. One more is one more line here and one file. */
export const operators: readonly OpDef[] = [
  averagePool,
  batchNorm,
  conv,
  dropout,
  gemm,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  lpPool,
  lrn,
  matMul,
  maxPool,
];

/** ONNX's own domain is written '' and `ai.onnx`. */
const plainDomain = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

const byName = new Map(operators.map((def) => [`${plainDomain(def.domain ?? '')}:${def.name}`, def]));

/** What is known of an operator, or null. */
export const lookup = (domain: string, name: string): OpDef | null =>
  byName.get(`${plainDomain(domain)}:${name}`) ?? null;
