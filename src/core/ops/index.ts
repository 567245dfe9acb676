import { add, div, mod, mul, pow, sub } from './arithmetic';
import { averagePool } from './averagePool';
import { batchNorm } from './batchNorm';
import { cast, castLike, identity } from './cast';
import { clip } from './clip';
import { equal, greater, greaterOrEqual, less, lessOrEqual } from './comparison';
import { concat } from './concat';
import { constant, constantOfShape } from './constant';
import { conv } from './conv';
import { convInteger, qLinearConv } from './convQuantised';
import { convTranspose } from './convTranspose';
import { deformConv } from './deformConv';
import { dropout } from './dropout';
import { expand, tile } from './expand';
import { celu, elu, selu } from './exponentialUnits';
import { fusedConv } from './fusedConv';
import { biasGelu, fastGelu, gelu, hardSwish, microsoftGelu, mish, quickGelu, swish } from './gatedUnits';
import { gather } from './gather';
import { gemm } from './gemm';
import { globalAveragePool, globalMaxPool } from './globalPool';
import { groupNorm } from './groupNorm';
import { instanceNorm } from './instanceNorm';
import { layerNorm, rmsNorm, simplifiedLayerNorm } from './layerNorm';
import { and, bitShift, bitwiseAnd, bitwiseOr, bitwiseXor, or, xor } from './logic';
import { globalLpPool, lpPool } from './lpPool';
import { lrn } from './lrn';
import { matMul } from './matMul';
import { dynamicQuantizeMatMul, matMulInteger, matMulIntegerToFloat, qLinearMatMul } from './matMulQuantised';
import { maxPool } from './maxPool';
import { maxUnpool } from './maxUnpool';
import { pad } from './pad';
import { dequantizeLinear, dynamicQuantizeLinear, quantizeLinear } from './quantise';
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
import { leakyRelu, prelu, relu, thresholdedRelu } from './relu';
import { flatten, reshape } from './reshape';
import { resize, upsample } from './resize';
import { maxRoiPool, roiAlign } from './roiPool';
import { shape, size } from './shape';
import { hardSigmoid, scaledTanh, sigmoid, softplus, softsign, tanh } from './sigmoids';
import { slice } from './slice';
import { hardmax, logSoftmax, softmax } from './softmax';
import { split } from './split';
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
import { maxOf, meanOf, minOf, sumOf } from './variadic';
import { where } from './where';
import type { OpDef } from './operator';

/** Every operator ConvLens knows. One more is one more line here and one file. */
export const operators: readonly OpDef[] = [
  abs,
  add,
  affine,
  and,
  averagePool,
  batchNorm,
  biasGelu,
  bitShift,
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  cast,
  castLike,
  ceil,
  celu,
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
  elu,
  equal,
  erf,
  exp,
  expand,
  fastGelu,
  flatten,
  floor,
  fusedConv,
  fusedGemm,
  gather,
  gelu,
  gemm,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  greater,
  greaterOrEqual,
  groupNorm,
  hardmax,
  hardSigmoid,
  hardSwish,
  identity,
  instanceNorm,
  isInf,
  isNaN,
  layerNorm,
  leakyRelu,
  less,
  lessOrEqual,
  log,
  logSoftmax,
  lpPool,
  lrn,
  matMul,
  matMulInteger,
  matMulIntegerToFloat,
  maxOf,
  maxPool,
  maxRoiPool,
  maxUnpool,
  meanOf,
  microsoftGelu,
  minOf,
  mish,
  mod,
  mul,
  neg,
  not,
  or,
  pad,
  pow,
  prelu,
  qGemm,
  qLinearAdd,
  qLinearAveragePool,
  qLinearConcat,
  qLinearConv,
  qLinearGlobalAveragePool,
  qLinearLeakyRelu,
  qLinearMatMul,
  qLinearMul,
  qLinearSigmoid,
  qLinearSoftmax,
  quantizeLinear,
  quickGelu,
  reciprocal,
  relu,
  reshape,
  resize,
  rmsNorm,
  roiAlign,
  round,
  scaledTanh,
  selu,
  shape,
  shrink,
  sigmoid,
  sign,
  simplifiedLayerNorm,
  size,
  slice,
  softmax,
  softplus,
  softsign,
  split,
  sqrt,
  squeeze,
  sub,
  sumOf,
  swish,
  tanh,
  thresholdedRelu,
  tile,
  transpose,
  ...trigonometry,
  unsqueeze,
  upsample,
  where,
  xor,
];

/** ONNX's own domain is written '' and `ai.onnx`. */
const plainDomain = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

const byName = new Map(operators.map((def) => [`${plainDomain(def.domain ?? '')}:${def.name}`, def]));

/** What is known of an operator, or null. */
export const lookup = (domain: string, name: string): OpDef | null =>
  byName.get(`${plainDomain(domain)}:${name}`) ?? null;
