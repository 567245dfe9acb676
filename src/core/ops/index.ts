import { argMax, argMin, topK } from './argMax';
import { add, div, mod, mul, pow, sub } from './arithmetic';
import {
  attention,
  groupQueryAttention,
  microsoftAttention,
  multiHeadAttention,
  rotaryEmbeddings,
  skipLayerNorm,
  skipSimplifiedLayerNorm,
} from './attention';
import { averagePool } from './averagePool';
import { batchNorm } from './batchNorm';
import { branch } from './branch';
import { cast, castLike, identity } from './cast';
import { clip } from './clip';
import { equal, greater, greaterOrEqual, less, lessOrEqual } from './comparison';
import { concat } from './concat';
import { constant, constantOfShape } from './constant';
import { conv } from './conv';
import { convInteger, qLinearConv } from './convQuantised';
import { convTranspose } from './convTranspose';
import { centerCropPad, col2Im, crop, imageScaler } from './crop';
import { deformConv } from './deformConv';
import { depthToSpace, spaceToDepth } from './depthToSpace';
import { dropout } from './dropout';
import { einsum } from './einsum';
import { expand, tile } from './expand';
import { celu, elu, selu } from './exponentialUnits';
import { fusedConv } from './fusedConv';
import { fusedMatMul, transposeMatMul } from './fusedMatMul';
import { biasGelu, fastGelu, gelu, hardSwish, microsoftGelu, mish, quickGelu, swish } from './gatedUnits';
import { gather } from './gather';
import { gatherElements, gatherNd, scatterElements, scatterOld, tensorScatter } from './gatherElements';
import { gemm } from './gemm';
import { globalAveragePool, globalMaxPool } from './globalPool';
import { affineGrid, gridSample } from './gridSample';
import { groupNorm } from './groupNorm';
import { instanceNorm } from './instanceNorm';
import { layerNorm, rmsNorm, simplifiedLayerNorm } from './layerNorm';
import { and, bitShift, bitwiseAnd, bitwiseOr, bitwiseXor, or, xor } from './logic';
import { loop, scan } from './loop';
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
  qLinearGlobalAveragePool,
  qLinearLeakyRelu,
  qLinearMul,
  qLinearSigmoid,
  qLinearSoftmax,
} from './quantisedLayers';
import { qLinearAveragePool, qLinearConcat } from './quantisedWindows';
import {
  bernoulli,
  eyeLike,
  multinomial,
  randomNormal,
  randomNormalLike,
  randomUniform,
  randomUniformLike,
  range,
  soundWindows,
} from './range';
import { gru, lstm, rnn } from './recurrent';
import {
  reduceL1,
  reduceL2,
  reduceLogSum,
  reduceLogSumExp,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceSum,
  reduceSumSquare,
} from './reduce';
import { leakyRelu, prelu, relu, thresholdedRelu } from './relu';
import { flatten, reshape } from './reshape';
import { resize, upsample } from './resize';
import { maxRoiPool, roiAlign } from './roiPool';
import { scatterNd } from './scatterNd';
import {
  compress,
  cumProd,
  cumSum,
  nonMaxSuppression,
  nonZero,
  oneHot,
  reverseSequence,
  trilu,
  unique,
} from './selection';
import { sequences } from './sequence';
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
  affineGrid,
  and,
  argMax,
  argMin,
  attention,
  averagePool,
  batchNorm,
  bernoulli,
  biasGelu,
  bitShift,
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  branch,
  cast,
  castLike,
  ceil,
  celu,
  centerCropPad,
  clip,
  col2Im,
  compress,
  concat,
  constant,
  constantOfShape,
  conv,
  convInteger,
  convTranspose,
  crop,
  cumProd,
  cumSum,
  deformConv,
  depthToSpace,
  dequantizeLinear,
  div,
  dropout,
  dynamicQuantizeLinear,
  dynamicQuantizeMatMul,
  einsum,
  elu,
  equal,
  erf,
  exp,
  expand,
  eyeLike,
  fastGelu,
  flatten,
  floor,
  fusedConv,
  fusedGemm,
  fusedMatMul,
  gather,
  gatherElements,
  gatherNd,
  gelu,
  gemm,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  greater,
  greaterOrEqual,
  gridSample,
  groupNorm,
  groupQueryAttention,
  gru,
  hardmax,
  hardSigmoid,
  hardSwish,
  identity,
  imageScaler,
  instanceNorm,
  isInf,
  isNaN,
  layerNorm,
  leakyRelu,
  less,
  lessOrEqual,
  log,
  logSoftmax,
  loop,
  lpPool,
  lrn,
  lstm,
  matMul,
  matMulInteger,
  matMulIntegerToFloat,
  maxOf,
  maxPool,
  maxRoiPool,
  maxUnpool,
  meanOf,
  microsoftAttention,
  microsoftGelu,
  minOf,
  mish,
  mod,
  mul,
  multiHeadAttention,
  multinomial,
  neg,
  nonMaxSuppression,
  nonZero,
  not,
  oneHot,
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
  randomNormal,
  randomNormalLike,
  randomUniform,
  randomUniformLike,
  range,
  reciprocal,
  reduceL1,
  reduceL2,
  reduceLogSum,
  reduceLogSumExp,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceSum,
  reduceSumSquare,
  relu,
  reshape,
  resize,
  reverseSequence,
  rmsNorm,
  rnn,
  roiAlign,
  ...rotaryEmbeddings,
  round,
  scaledTanh,
  scan,
  scatterElements,
  scatterNd,
  scatterOld,
  selu,
  ...sequences,
  shape,
  shrink,
  sigmoid,
  sign,
  simplifiedLayerNorm,
  size,
  skipLayerNorm,
  skipSimplifiedLayerNorm,
  slice,
  softmax,
  softplus,
  softsign,
  ...soundWindows,
  spaceToDepth,
  split,
  sqrt,
  squeeze,
  sub,
  sumOf,
  swish,
  tanh,
  tensorScatter,
  thresholdedRelu,
  tile,
  topK,
  transpose,
  transposeMatMul,
  ...trigonometry,
  trilu,
  unique,
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
