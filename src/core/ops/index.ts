import { argMax, argMin, topK } from './argMax';
import { arithmetic } from './arithmetic';
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
import { blockedLayout } from './blockedLayout';
import { branch } from './branch';
import { cast, castLike, identity } from './cast';
import { clip } from './clip';
import { comparisons } from './comparison';
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
import { exponentialUnits } from './exponentialUnits';
import { fusedConv, nhwcLayers } from './fusedConv';
import { fusedMatMul, transposeMatMul } from './fusedMatMul';
import { gatedUnits } from './gatedUnits';
import { gather } from './gather';
import { elementPicking } from './gatherElements';
import { gemm } from './gemm';
import { globalAveragePool, globalMaxPool } from './globalPool';
import { affineGrid, gridSample } from './gridSample';
import { groupNorm } from './groupNorm';
import { instanceNorm } from './instanceNorm';
import { layerNorm, rmsNorm, simplifiedLayerNorm } from './layerNorm';
import { logicalOperators } from './logic';
import { loop, scan } from './loop';
import { plainNormalisations } from './lpNormalise';
import { globalLpPool, lpPool } from './lpPool';
import { lrn } from './lrn';
import { matMul } from './matMul';
import { dynamicQuantizeMatMul, matMulInteger, matMulIntegerToFloat, qLinearMatMul } from './matMulQuantised';
import { maxPool } from './maxPool';
import { maxUnpool } from './maxUnpool';
import { microsoftOperators } from './microsoft';
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
import { qLinearAveragePool, qLinearConcat, qLinearConvAnywhere } from './quantisedWindows';
import { generators } from './range';
import { gru, lstm, rnn } from './recurrent';
import { reductions } from './reduce';
import { leakyRelu, prelu, relu, thresholdedRelu } from './relu';
import { flatten, reshape } from './reshape';
import { resize, upsample } from './resize';
import { cropAndResize, maxRoiPool, roiAlign } from './roiPool';
import { scatterNd } from './scatterNd';
import { selections } from './selection';
import { sequences } from './sequence';
import { shape, size } from './shape';
import { sigmoidLike } from './sigmoids';
import { signals } from './signal';
import { slice } from './slice';
import { hardmax, logSoftmax, softmax } from './softmax';
import { split } from './split';
import { squeeze, unsqueeze } from './squeeze';
import { transpose } from './transpose';
import { unaryOperators } from './unary';
import { variadicOperators } from './variadic';
import { where } from './where';
import type { OpDef } from './operator';

/** Every operator ConvLens knows. One more is one more line here and one file. */
export const operators: readonly OpDef[] = [
  affineGrid,
  argMax,
  argMin,
  ...arithmetic,
  attention,
  averagePool,
  batchNorm,
  ...blockedLayout,
  branch,
  cast,
  castLike,
  centerCropPad,
  clip,
  col2Im,
  ...comparisons,
  concat,
  constant,
  constantOfShape,
  conv,
  convInteger,
  convTranspose,
  crop,
  cropAndResize,
  deformConv,
  depthToSpace,
  dequantizeLinear,
  dropout,
  dynamicQuantizeLinear,
  dynamicQuantizeMatMul,
  einsum,
  ...elementPicking,
  expand,
  ...exponentialUnits,
  flatten,
  fusedConv,
  fusedGemm,
  fusedMatMul,
  ...gatedUnits,
  gather,
  gemm,
  ...generators,
  globalAveragePool,
  globalLpPool,
  globalMaxPool,
  gridSample,
  groupNorm,
  groupQueryAttention,
  gru,
  hardmax,
  identity,
  imageScaler,
  instanceNorm,
  layerNorm,
  leakyRelu,
  ...logicalOperators,
  logSoftmax,
  loop,
  lpPool,
  lrn,
  lstm,
  matMul,
  matMulInteger,
  matMulIntegerToFloat,
  maxPool,
  maxRoiPool,
  maxUnpool,
  microsoftAttention,
  ...microsoftOperators,
  multiHeadAttention,
  pad,
  ...nhwcLayers,
  ...plainNormalisations,
  prelu,
  qGemm,
  qLinearAdd,
  qLinearAveragePool,
  qLinearConcat,
  qLinearConv,
  qLinearConvAnywhere,
  qLinearGlobalAveragePool,
  qLinearLeakyRelu,
  qLinearMatMul,
  qLinearMul,
  qLinearSigmoid,
  qLinearSoftmax,
  quantizeLinear,
  ...reductions,
  relu,
  reshape,
  resize,
  rmsNorm,
  rnn,
  roiAlign,
  ...rotaryEmbeddings,
  scan,
  scatterNd,
  ...selections,
  ...sequences,
  shape,
  ...sigmoidLike,
  simplifiedLayerNorm,
  size,
  skipLayerNorm,
  skipSimplifiedLayerNorm,
  ...signals,
  slice,
  softmax,
  spaceToDepth,
  split,
  squeeze,
  thresholdedRelu,
  tile,
  topK,
  transpose,
  transposeMatMul,
  ...unaryOperators,
  unsqueeze,
  upsample,
  ...variadicOperators,
  where,
];

/** ONNX's own domain is written '' and `ai.onnx`. */
const plainDomain = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

const byName = new Map(operators.map((def) => [`${plainDomain(def.domain ?? '')}:${def.name}`, def]));

/** What is known of an operator, or null. */
export const lookup = (domain: string, name: string): OpDef | null =>
  byName.get(`${plainDomain(domain)}:${name}`) ?? null;
