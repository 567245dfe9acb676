import { add, div, mod, mul, pow, sub } from './arithmetic';
import { averagePool } from './averagePool';
import { batchNorm } from './batchNorm';
import { cast, castLike, identity } from './cast';
import { clip } from './clip';
import { concat } from './concat';
import { constant, constantOfShape } from './constant';
import { conv } from './conv';
import { convInteger, qLinearConv } from './convQuantised';
import { convTranspose } from './convTranspose';
import { deformConv } from './deformConv';
import { dropout } from './dropout';
import { expand, tile } from './expand';
import { fusedConv } from './fusedConv';
import { gather } from './gather';
import { gemm } from './gemm';
import { globalAveragePool, globalMaxPool } from './globalPool';
import { groupNorm } from './groupNorm';
import { instanceNorm } from './instanceNorm';
import { layerNorm, rmsNorm, simplifiedLayerNorm } from './layerNorm';
import { globalLpPool, lpPool } from './lpPool';
import { lrn } from './lrn';
import { matMul } from './matMul';
import { dynamicQuantizeMatMul, matMulInteger, matMulIntegerToFloat, qLinearMatMul } from './matMulQuantised';
import { maxPool } from './maxPool';
import { maxUnpool } from './maxUnpool';
import { pad } from './pad';
import { dequantizeLinear, dynamicQuantizeLinear, quantizeLinear } from './quantise';
import { leakyRelu, prelu, relu, thresholdedRelu } from './relu';
import { flatten, reshape } from './reshape';
import { resize, upsample } from './resize';
import { maxRoiPool, roiAlign } from './roiPool';
import { shape, size } from './shape';
import { slice } from './slice';
import { hardmax, logSoftmax, softmax } from './softmax';
import { squeeze, unsqueeze } from './squeeze';
import { transpose } from './transpose';
import {
  abs,
  affine,
  bitwiseNot,
  ceil,
  erf,
  exp,
  floor,
  isInf,
  isNaN,
  log,
  neg,
  not,
  reciprocal,
  round,
  shrink,
  sign,
  sqrt,
  trigonometry,
} from './unary';
import { fusedGemm, qGemm } from './quantisedGemm';
import {
  qLinearAdd,
  qLinearAveragePool,
  qLinearConcat,
  qLinearGlobalAveragePool,
  qLinearLeakyRelu,
  qLinearMul,
  qLinearSigmoid,
  qLinearSoftmax,
} from './quantisedLayers';
import type { OpDef } from './operator';

/** Every operator ConvLens knows. One more is one more line here and one file. */
export const operators: readonly OpDef[] = [
  qLinearSoftmax,
  qLinearSigmoid,
  qLinearMul,
  qLinearLeakyRelu,
  qLinearGlobalAveragePool,
  qLinearConcat,
  qLinearAveragePool,
  qLinearAdd,
  qGemm,
  fusedGemm,
  abs,
  add,
  affine,
  averagePool,
  batchNorm,
  bitwiseNot,
  cast,
  castLike,
  ceil,
  clip,
  concat,
  constant,
  constantOfShape,
  conv,
  convInteger,
  convTranspose,
  deformConv,
  dequantizeLinear,
  div,
  dropout,
  dynamicQuantizeLinear,
  dynamicQuantizeMatMul,
  erf,
  exp,
  expand,
  flatten,
  floor,
  fusedConv,
  gather,
  gemm,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  groupNorm,
  hardmax,
  identity,
  instanceNorm,
  isInf,
  isNaN,
  layerNorm,
  leakyRelu,
  log,
  logSoftmax,
  lpPool,
  lrn,
  matMul,
  matMulInteger,
  matMulIntegerToFloat,
  maxPool,
  maxRoiPool,
  maxUnpool,
  mod,
  mul,
  neg,
  not,
  pad,
  pow,
  prelu,
  qLinearConv,
  qLinearMatMul,
  quantizeLinear,
  reciprocal,
  relu,
  reshape,
  resize,
  rmsNorm,
  roiAlign,
  round,
  shape,
  shrink,
  sign,
  simplifiedLayerNorm,
  size,
  slice,
  softmax,
  sqrt,
  squeeze,
  sub,
  thresholdedRelu,
  tile,
  transpose,
  ...trigonometry,
  unsqueeze,
  upsample,
];

/** ONNX's own domain is written '' and `ai.onnx`. */
const plainDomain = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

const byName = new Map(operators.map((def) => [`${plainDomain(def.domain ?? '')}:${def.name}`, def]));

/** What is known of an operator, or null. */
export const lookup = (domain: string, name: string): OpDef | null =>
  byName.get(`${plainDomain(domain)}:${name}`) ?? null;
