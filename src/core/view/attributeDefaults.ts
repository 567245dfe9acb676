/** What ONNX's operators take for attributes that a node leaves out: the schemas of onnx 1.23, by versions of the operator set. */

/**
 * `name=value`, then `@from..to` where it holds for these versions only. `*`: once per spatial axis, `**`: twice, begin and end;
 * the schemas have these in words.
 */
const TABLE = `
AffineGrid: align_corners=0
ArgMax: axis=0 keepdims=1 select_last_index=0@12..
ArgMin: axis=0 keepdims=1 select_last_index=0@12..
Attention: is_causal=0 left_window_size=-1@25.. qk_matmul_output_mode=0 right_window_size=-1@25.. softcap=0
AveragePool: auto_pad=NOTSET ceil_mode=0@10.. count_include_pad=0@7.. dilations=1*@19.. pads=0** strides=1*
BatchNormalization: epsilon=0.00001 is_test=0@..6 momentum=0.9 spatial=1@..8 training_mode=0@14..
Cast: round_mode=up@24.. saturate=1@19..
CastLike: round_mode=up@24.. saturate=1@19..
CausalConvWithState: activation=none
Celu: alpha=1
Clip: max=3.402823e+38@6..10 min=-3.402823e+38@6..10
ConcatFromSequence: new_axis=0
Conv: auto_pad=NOTSET dilations=1* group=1 pads=0** strides=1*
ConvInteger: auto_pad=NOTSET dilations=1* group=1 pads=0** strides=1*
ConvTranspose: auto_pad=NOTSET dilations=1* group=1 output_padding=0* pads=0** strides=1*
CumProd: exclusive=0 reverse=0
CumSum: exclusive=0 reverse=0
DFT: axis=1@..19 inverse=0 onesided=0
DeformConv: dilations=1* group=1 offset_group=1 pads=0** strides=1*
DepthToSpace: mode=DCR@11..
DequantizeLinear: axis=1@13.. block_size=0@21.. output_dtype=0@23..
Dropout: is_test=0@..6 ratio=0.5@..11
Elu: alpha=1
EyeLike: k=0
Flatten: axis=1
GRU: direction=forward layout=0@14.. linear_before_reset=0@3.. output_sequence=0@..6
Gather: axis=0
GatherElements: axis=0
GatherND: batch_dims=0@12..
Gelu: approximate=none
Gemm: alpha=1 beta=1 transA=0 transB=0
GlobalLpPool: p=2
GridSample: align_corners=0 mode=bilinear@..19 mode=linear@20.. padding_mode=zeros
GroupNormalization: epsilon=0.00001@21.. stash_type=1@21..
HardSigmoid: alpha=0.2 beta=0.5
Hardmax: axis=-1@13.. axis=1@..12
InstanceNormalization: epsilon=0.00001
IsInf: detect_negative=1 detect_positive=1
LRN: alpha=0.0001 beta=0.75 bias=1
LSTM: direction=forward input_forget=0 layout=0@14.. output_sequence=0@..6
LayerNormalization: axis=-1 epsilon=0.00001 stash_type=1
LeakyRelu: alpha=0.01
LinearAttention: chunk_size=64 scale=0 update_rule=gated_delta
LogSoftmax: axis=-1@13.. axis=1@..12
LpNormalization: axis=-1 p=2
LpPool: auto_pad=NOTSET ceil_mode=0@18.. dilations=1*@18.. p=2 pads=0** strides=1*
MaxPool: auto_pad=NOTSET ceil_mode=0@10.. dilations=1*@10.. pads=0** storage_order=0@8.. strides=1*
MaxRoiPool: spatial_scale=1
MaxUnpool: pads=0** strides=1*
MeanVarianceNormalization: axes=0,2,3
Mod: fmod=0
NonMaxSuppression: center_point_box=0
OneHot: axis=-1
Pad: mode=constant value=0@..10
QLinearConv: auto_pad=NOTSET dilations=1* group=1 pads=0** strides=1*
QuantizeLinear: axis=1@13.. block_size=0@21.. output_dtype=0@21.. precision=0@23.. saturate=1@19..
RMSNormalization: axis=-1 epsilon=0.00001 stash_type=1
RNN: activations=Tanh,Tanh direction=forward layout=0@14.. output_sequence=0@..6
RandomNormal: dtype=1 mean=0 scale=1
RandomNormalLike: mean=0 scale=1
RandomUniform: dtype=1 high=1 low=0
RandomUniformLike: high=1 low=0
Range: stash_type=1@27..
ReduceL1: keepdims=1 noop_with_empty_axes=0@18..
ReduceL2: keepdims=1 noop_with_empty_axes=0@18..
ReduceLogSum: keepdims=1 noop_with_empty_axes=0@18..
ReduceLogSumExp: keepdims=1 noop_with_empty_axes=0@18..
ReduceMax: keepdims=1 noop_with_empty_axes=0@18..
ReduceMean: keepdims=1 noop_with_empty_axes=0@18..
ReduceMin: keepdims=1 noop_with_empty_axes=0@18..
ReduceProd: keepdims=1 noop_with_empty_axes=0@18..
ReduceSum: keepdims=1 noop_with_empty_axes=0@13..
ReduceSumSquare: keepdims=1 noop_with_empty_axes=0@18..
Reshape: allowzero=0@14..
Resize: antialias=0@18.. coordinate_transformation_mode=half_pixel@11.. cubic_coeff_a=-0.75@11.. exclude_outside=0@11.. extrapolation_value=0@11.. keep_aspect_ratio_policy=stretch@18.. mode=nearest nearest_mode=round_prefer_floor@11..
ReverseSequence: batch_axis=1 time_axis=0
RoiAlign: coordinate_transformation_mode=half_pixel@16.. mode=avg output_height=1 output_width=1 sampling_ratio=0 spatial_scale=1
RotaryEmbedding: interleaved=0 rotary_embedding_dim=0
STFT: onesided=1
Scatter: axis=0@..10
ScatterElements: axis=0 reduction=none@16..
ScatterND: reduction=none@16..
Selu: alpha=1.67326319@6.. alpha=1.6732@..5 gamma=1.05070102@6.. gamma=1.0507@..5
Shape: start=0@15..
Shrink: bias=0 lambd=0.5
Softmax: axis=-1@13.. axis=1@..12
SpaceToDepth: mode=DCR@28..
Split: axis=0@2..
SplitToSequence: axis=0 keepdims=1
SwiGLU: alpha=1
Swish: alpha=1
TensorScatter: axis=-2 mode=linear
ThresholdedRelu: alpha=1
TopK: axis=-1 largest=1@11.. sorted=1@11..
Trilu: upper=1
Unique: sorted=1
Upsample: mode=nearest@..9
`;

export interface AttributeDefault {
  readonly name: string;
  readonly value: string;
  /** Times per spatial axis; 0: as it stands. */
  readonly perAxis: 0 | 1 | 2;
}

interface Entry extends AttributeDefault {
  readonly from: number;
  readonly to: number;
}

let parsed: ReadonlyMap<string, readonly Entry[]> | null = null;

function parse(): ReadonlyMap<string, readonly Entry[]> {
  const lines = TABLE.trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [op = '', items = ''] = line.split(': ');
      return [op, items.split(' ').map(entryOf)];
    }),
  );
}

function entryOf(item: string): Entry {
  const [, name = '', value = '', stars = '', from = '', to = ''] =
    /^(\w+)=(.*?)(\**)(?:@(\d*)[.]{2}(\d*))?$/.exec(item) ?? [];
  const perAxis = stars.length as 0 | 1 | 2;
  return { name, value, perAxis, from: Number(from || 0), to: to ? Number(to) : Infinity };
}

/** Of an operator of ONNX's own domain, in the version of the operator set that the model asks for. */
export function attributeDefaults(op: string, opset: number): readonly AttributeDefault[] {
  parsed ??= parse();
  return (parsed.get(op) ?? []).filter(({ from, to }) => opset >= from && opset <= to);
}
