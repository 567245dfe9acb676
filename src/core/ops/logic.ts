import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { relation } from './activation';
import { binaryFormula, binaryTypes, evaluateBinary } from './arithmetic';
import type { OpContext, OpDef } from './operator';

type Bits = (a: number, b: number) => number;

interface Logical {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly sign: string;
  readonly compute?: Bits;
}

/** Of truth values where there is a rule for them, else of the bits of whole numbers, which nobody computes sizes with. */
function logical({ name, title, summary, sign, compute }: Logical): OpDef {
  return {
    name,
    family: 'join',
    title,
    summary,
    inputs: [{ name: 'A' }, { name: 'B' }],
    formula: (ctx) => binaryFormula(ctx, (a, b) => relation(sign, a, b)),
    types: (ctx) => binaryTypes(ctx, compute ? () => 'bool' : undefined),
    ...(compute && {
      evaluate: (ctx) =>
        evaluateBinary(ctx, (a: Dim, b: Dim) =>
          typeof a === 'number' && typeof b === 'number' ? compute(a, b) : null,
        ),
    }),
  };
}

const and = logical({
  name: 'And',
  title: t('And'),
  summary: t('True where both inputs are true.'),
  sign: '∧',
  compute: (a, b) => (a && b ? 1 : 0),
});
const or = logical({
  name: 'Or',
  title: t('Or'),
  summary: t('True where one of the inputs is true.'),
  sign: '∨',
  compute: (a, b) => (a || b ? 1 : 0),
});
const xor = logical({
  name: 'Xor',
  title: t('Exclusive or'),
  summary: t('True where the inputs differ.'),
  sign: '⊻',
  compute: (a, b) => (!a === !b ? 0 : 1),
});

const bitwiseAnd = logical({
  name: 'BitwiseAnd',
  title: t('Bitwise and'),
  summary: t('Bits set in both inputs.'),
  sign: '∧',
});
const bitwiseOr = logical({
  name: 'BitwiseOr',
  title: t('Bitwise or'),
  summary: t('Bits set in either input.'),
  sign: '∨',
});
const bitwiseXor = logical({
  name: 'BitwiseXor',
  title: t('Bitwise exclusive or'),
  summary: t('Bits that differ.'),
  sign: '⊻',
});

const isRight = (ctx: OpContext): boolean => ctx.attrs.string('direction', '').toUpperCase() === 'RIGHT';

const bitShift: OpDef = {
  ...logical({
    name: 'BitShift',
    title: t('Bit shift'),
    summary: t('Shifts the bits of every value to the left or right.'),
    sign: '',
  }),
  label: (ctx) => [ctx.attrs.string('direction', '').toLowerCase()],
  formula: (ctx) => binaryFormula(ctx, (a, b) => relation(isRight(ctx) ? '≫' : '≪', a, b)),
};

export const logicalOperators: readonly OpDef[] = [and, bitShift, bitwiseAnd, bitwiseOr, bitwiseXor, or, xor];
