/** Seeded damage to ONNX files, at two levels: bytes of the wire, and messages that stay well-formed but lie. */
import { WireType } from '@bufbuild/protobuf/wire';
import { operatorNames } from './names';
import { below, oneOf, type Random } from './random';
import { encodeMessage, messages, parseMessage, tryMessage, TYPES, type Field, type Message } from './proto';

const NUMBERS = [
  0n,
  1n,
  2n,
  3n,
  5n,
  7n,
  -1n,
  -2n,
  64n,
  255n,
  65_536n,
  2n ** 31n - 1n,
  -(2n ** 31n),
  2n ** 40n,
  2n ** 53n + 1n,
  2n ** 62n,
  -(2n ** 63n),
];

const TEXTS = [
  '',
  '\0',
  '__proto__',
  'constructor',
  '<img src=x onerror=alert(1)>',
  '../../etc/passwd',
  '\u202Egnp.exe',
  '\uFFFF',
  'x'.repeat(5000),
  'a/b/c.d.e/f',
  '%s%n',
];

const ATTRIBUTES = [
  'kernel_shape',
  'strides',
  'pads',
  'dilations',
  'group',
  'auto_pad',
  'ceil_mode',
  'count_include_pad',
  'axis',
  'axes',
  'perm',
  'mode',
  'output_padding',
  'output_shape',
  'keepdims',
  'blocksize',
  'to',
  'split',
  'allowzero',
  'num_outputs',
  'equation',
  'coordinate_transformation_mode',
  'body',
  'value',
  'epsilon',
];

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One damaged file; the same seed gives the same bytes. */
export function mutate(original: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  const level = random();
  if (level < 0.25) return damageBytes(original, random);
  const tree = parseMessage(original);
  const rounds = 1 + below(random, 6);
  for (let i = 0; i < rounds; i++) damageTree(tree, others, random);
  const bytes = encodeMessage(tree).finish();
  return level < 0.35 ? damageBytes(bytes, random) : bytes;
}

/** Bits, bytes and stretches changed, with no regard for what they mean. */
export function damageBytes(original: Uint8Array, random: Random): Uint8Array {
  let bytes = Uint8Array.from(original);
  const rounds = 1 + below(random, 8);
  for (let i = 0; i < rounds && bytes.length > 0; i++) {
    const at = below(random, bytes.length);
    const kind = random();
    if (kind < 0.45) bytes[at] = bytes[at]! ^ (1 << below(random, 8));
    else if (kind < 0.65) bytes[at] = below(random, 256);
    else if (kind < 0.75) bytes = bytes.slice(0, at);
    else if (kind < 0.9) {
      const length = below(random, Math.min(64, bytes.length - at)) + 1;
      const to = below(random, bytes.length);
      bytes = Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(at, at + length), ...bytes.subarray(to)]);
    } else bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + below(random, 16))]);
  }
  return bytes;
}

function damageTree(tree: Message, others: readonly Uint8Array[], random: Random): void {
  const all = [...messages(tree)].filter((m) => m.fields.length > 0);
  if (all.length === 0) return;
  // The interesting ones are nodes, attributes, values: of a hundred weights one is like another.
  const wanted = oneOf(random, ['Node', 'Attribute', 'Value', 'Tensor', 'Graph', 'Shape', 'Dim', 'Model']);
  const fitting = all.filter((m) => m.type === wanted);
  const message = oneOf(random, fitting.length > 0 && random() < 0.8 ? fitting : all);
  const at = below(random, message.fields.length);
  const field = message.fields[at]!;
  const kind = random();
  if (kind < 0.1) message.fields.splice(at, 1);
  else if (kind < 0.18) message.fields.splice(below(random, message.fields.length), 0, field);
  else if (kind < 0.24) [message.fields[at], message.fields[0]] = [message.fields[0]!, field];
  else if (kind < 0.34) message.fields.push(strangeField(message, random));
  else if (kind < 0.44) spliceFrom(tree, others, message, random);
  else if (kind < 0.5 && message.type === 'Graph') knot(message, random);
  else if (kind < 0.6 && message.type === 'Node') rename(message, random);
  else damageValue(field, tree, random);
}

/** A field that this message may or may not have, with any content. */
function strangeField(message: Message, random: Random): Field {
  if (message.type === 'Node') return { number: 5, wire: WireType.LengthDelimited, value: attribute(random) };
  if (message.type === 'Shape' || message.type === 'Tensor') {
    const dim: Message = { type: 'Dim', fields: [varint(1, oneOf(random, NUMBERS))] };
    return message.type === 'Shape'
      ? { number: 1, wire: WireType.LengthDelimited, value: dim }
      : varint(1, oneOf(random, NUMBERS));
  }
  const number = 1 + below(random, 26);
  if (random() < 0.5) return varint(number, oneOf(random, NUMBERS));
  return { number, wire: WireType.LengthDelimited, value: bytesOf(oneOf(random, TEXTS)) };
}

const varint = (number: number, value: bigint): Field => ({ number, wire: WireType.Varint, value });

function attribute(random: Random): Message {
  const name: Field = {
    number: 1,
    wire: WireType.LengthDelimited,
    value: bytesOf(oneOf(random, [...ATTRIBUTES, ...TEXTS])),
  };
  const fields: Field[] = [name];
  const kind = random();
  if (kind < 0.3) fields.push(varint(20, 2n), varint(3, oneOf(random, NUMBERS)));
  else if (kind < 0.9) {
    fields.push(varint(20, 7n));
    for (let i = below(random, 7); i > 0; i--) {
      fields.push(varint(8, random() < 0.7 ? BigInt(below(random, 5)) : oneOf(random, NUMBERS)));
    }
  } else
    fields.push(varint(20, 3n), { number: 4, wire: WireType.LengthDelimited, value: bytesOf(oneOf(random, TEXTS)) });
  return { type: 'Attribute', fields };
}

/** A part of another file, or of this one, where one of its kind stands. */
function spliceFrom(tree: Message, others: readonly Uint8Array[], message: Message, random: Random): void {
  const source = random() < 0.5 ? tree : parseMessage(oneOf(random, others));
  const donors = [...messages(source)].filter((m) => m.type === message.type && m !== message);
  const donor = donors.length > 0 ? oneOf(random, donors) : null;
  // A copy, or a message that is put into itself would never end.
  const bytes = donor && encodeMessage(donor).finish();
  if (!bytes || bytes.length > 100_000) return;
  const copy = tryMessage(bytes, random() < 0.95 ? donor.type : oneOf(random, TYPES));
  if (copy) message.fields = copy.fields;
}

/** Wires any tensor of the graph to any operator: cycles, missing producers, shapes that don't fit. */
function knot(graph: Message, random: Random): void {
  const nodes = graph.fields.flatMap(({ number, value }) => (number === 1 && isMessage(value) ? [value] : []));
  const names = nodes.flatMap((node) => node.fields.filter(({ number }) => number <= 2));
  if (names.length === 0) return;
  for (let i = 0; i < 3; i++) {
    const target = oneOf(random, names);
    target.value = oneOf(random, names).value;
  }
}

function rename(node: Message, random: Random): void {
  const op = node.fields.find(({ number }) => number === 4);
  if (op) op.value = bytesOf(oneOf(random, operatorNames));
}

const isMessage = (value: Field['value']): value is Message =>
  typeof value !== 'bigint' && !(value instanceof Uint8Array);

function damageValue(field: Field, tree: Message, random: Random): void {
  const { value } = field;
  if (typeof value === 'bigint') {
    field.value = random() < 0.5 ? value + BigInt(below(random, 5) - 2) : oneOf(random, NUMBERS);
  } else if (value instanceof Uint8Array) {
    if (random() < 0.5) field.value = bytesOf(oneOf(random, TEXTS));
    else if (value.length < 200) field.value = damageBytes(value, random);
    else field.value = value.subarray(0, below(random, value.length));
  } else if (random() < 0.5) value.fields = [];
  else damageTree({ type: value.type, fields: value.fields }, [encodeMessage(tree).finish()], random);
}
