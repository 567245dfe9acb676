import { averagePool } from './averagePool';
import { batchNorm } from './batchNorm';
import { conv } from './conv';
import { convInteger, qLinearConv } from './convQuantised';
import { convTranspose } from './convTranspose';
import { deformConv } from './deformConv';
import { dropout } from './dropout';
import { fusedConv } from './fusedConv';
import { gemm } from './gemm';
import { globalAveragePool, globalMaxPool } from './globalPool';
import { groupNorm } from './groupNorm';
import { instanceNorm } from './instanceNorm';
import { layerNorm, rmsNorm, simplifiedLayerNorm } from './layerNorm';
import { globalLpPool, lpPool } from './lpPool';
import { lrn } from './lrn';
import { matMul } from './matMul';
import { matMulInteger, matMulIntegerToFloat, dynamicQuantizeMatMul, qLinearMatMul } from './matMulQuantised';
import { maxPool } from './maxPool';
import { maxUnpool } from './maxUnpool';
import type { OpDef } from './operator';
import { dequantizeLinear, dynamicQuantizeLinear, quantizeLinear } from './quantise';
import { maxRoiPool, roiAlign } from './roiPool';

/** Every operator ConvLens knows. One more is one more line here and one file. */
export const operators: readonly OpDef[] = [
  averagePool,
  batchNorm,
  conv,
  convInteger,
  convTranspose,
  deformConv,
  dequantizeLinear,
  dropout,
  dynamicQuantizeLinear,
  dynamicQuantizeMatMul,
  fusedConv,
  gemm,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  groupNorm,
  instanceNorm,
  layerNorm,
  lpPool,
  lrn,
  matMul,
  matMulInteger,
  matMulIntegerToFloat,
  maxPool,
  maxRoiPool,
  maxUnpool,
  qLinearConv,
  qLinearMatMul,
  quantizeLinear,
  rmsNorm,
  roiAlign,
  simplifiedLayerNorm,
];

/** ONNX's own domain is written '' and `ai.onnx`. */
const plainDomain = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

const byName = new Map(operators.map((def) => [`${plainDomain(def.domain ?? '')}:${def.name}`, def]));

/** What is known of an operator, or null. */
export const lookup = (domain: string, name: string): OpDef | null =>
  byName.get(`${plainDomain(domain)}:${name}`) ?? null;
