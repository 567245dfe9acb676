/** What is said of each file in the folder `bad` of the corpus: in the terminal and in the editor. */

interface Expected {
  /** What is said, the hint included; null where nothing is wrong with the file. */
  readonly says: RegExp | null;
  /** Operators that are drawn all the same. */
  readonly operators: number;
}

const cut = (bytes: string, operators: number): Expected => ({
  says: new RegExp(`ends after ${bytes} bytes?, inside .*(download|export).* again`),
  operators,
});
const layer = (says: RegExp): Expected => ({ says, operators: 1 });
const none = (says: RegExp): Expected => ({ says, operators: 0 });

export const BAD: Record<string, Expected> = {
  attr_type_mismatch: layer(/Conv “c”: attribute “strides” is not what the operator expects/),
  bitflips40: { says: /not UTF-8 \(first at byte 796\)/, operators: 14 },
  channel_mismatch: layer(/Conv “c”: the input has 3 channels, the weights take 5/),
  cycle: { says: /These 2 nodes wait for each other: n2 → n1/, operators: 3 },
  dilation_negative: layer(/Conv “c”: dilations \[-1, 2\] must be at least 1/),
  dims_2p62: layer(/“x” is declared with an impossible size .*that extent counts as unknown/),
  duplicate_output_names: { says: /The tensor “a” is defined more than once/, operators: 3 },
  empty: none(/The file is empty/),
  ext_dotdot_passwd: layer(/etc\/passwd” are not read: the path leads out of the model’s folder/),
  group_not_dividing: layer(/the input has 3 channels, the weights take 3 in each of 2 groups/),
  html: none(/This is a web page, not a model/),
  init_data_short: layer(/The data of the constant “w” are too short: 50 bytes of 432 bytes/),
  init_dims_2p40: layer(/The data of the constant “w” are too short: 432 bytes of 118747255799808 bytes/),
  init_dims_negative: layer(/The constant “w” has an impossible size: -4×3×3×3/),
  init_dtype_99: layer(/element type 99, which ONNX does not define/),
  kernel_bigger_than_input: layer(/a window of 30 does not fit into 16/),
  kernel_zero: layer(/kernel_shape \[0, 0\] must be at least 1/),
  len_2g: none(/ends after 11 bytes, inside graph. It should have at least 2147483655 bytes/),
  lfs_pointer: none(/Git LFS pointer.*git lfs pull/),
  names_html: { says: /"><svg onload=alert\(1\)> of <b>d<\/b> is an operator ConvLens does not know/, operators: 2 },
  names_invalid_utf8: layer(/not UTF-8 \(first at byte 14\)/),
  names_proto_pollution: { says: /hasOwnProperty is an operator ConvLens does not know/, operators: 3 },
  // Bodies within bodies are drawn as deep as they are analysed.
  nested_if_2000: { says: /nested more than 64 levels deep/, operators: 17 },
  nested_if_90: { says: /nested more than 64 levels deep/, operators: 17 },
  pads_negative_huge: layer(/a window of 3 does not fit into -184/),
  png: none(/This is a PNG picture, not a model/),
  random4k: none(/not an ONNX model: a field has the wire type 4 at byte 0/),
  stride_zero: layer(/strides \[0, 0\] must be at least 1/),
  text: none(/This is a text file, not an ONNX model/),
  trunc_0p1: cut('1653', 14),
  trunc_0p5: cut('8269', 14),
  trunc_0p9: cut('14885', 14),
  trunc_1: cut('1', 0),
  trunc_in_varint: cut('4', 0),
  trunc_last: cut('16538', 14),
  undefined_input: layer(/The input “nowhere” is made by no node/),
  unterminated_groups: none(/not an ONNX model: a field has the wire type 3 at byte 2/),
  varint_overflow: none(/not an ONNX model: a number is longer than 64 bits at byte 1/),
  zeros1k: none(/The file holds only zeros/),
  zip: none(/This is a zip archive, not an ONNX file/),
  chain_100k: { says: null, operators: 100_000 },
};
