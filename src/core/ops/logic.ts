import type { Dim } from '../ir/dim';
import { binaryTypes, evaluateBinary } from './arithmetic';
import type { OpDef } from './operator';

type Bits = (a: number, b: number) => number;

function logical(name: string, title: string, summary: string, compute: Bits | null, bool: boolean): OpDef {
  return {
    name,
    family: 'join',
    title,
    summary,
    inputs: [{ name: 'A' }, { name: 'B' }],
    types: (ctx) => binaryTypes(ctx, bool ? () => 'bool' : undefined),
    ...(compute && {
      evaluate: (ctx) =>
        evaluateBinary(ctx, (a: Dim, b: Dim) =>
          typeof a === 'number' && typeof b === 'number' ? compute(a, b) : null,
        ),
    }),
  };
}

const and = logical('And', 'And', 'True where both inputs are true.', (a, b) => (a && b ? 1 : 0), true);
const or = logical('Or', 'Or', 'True where one of the inputs is true.', (a, b) => (a || b ? 1 : 0), true);
const xor = logical('Xor', 'Exclusive or', 'True where the inputs differ.', (a, b) => (!a === !b ? 0 : 1), true);

/** Bit operations on 64-bit numbers do not fit a double; nobody computes sizes with them. */
const bitwiseAnd = logical('BitwiseAnd', 'Bitwise and', 'Bits set in both inputs.', null, false);
const bitwiseOr = logical('BitwiseOr', 'Bitwise or', 'Bits set in either input.', null, false);
const bitwiseXor = logical('BitwiseXor', 'Bitwise exclusive or', 'Bits that differ.', null, false);

const bitShift: OpDef = {
  ...logical('BitShift', 'Bit shift', 'Shifts the bits of every value to the left or right.', null, false),
  label: (ctx) => [ctx.attrs.string('direction', '').toLowerCase()],
};

export const logicalOperators: readonly OpDef[] = [and, bitShift, bitwiseAnd, bitwiseOr, bitwiseXor, or, xor];
