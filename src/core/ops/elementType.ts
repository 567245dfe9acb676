import { dtypeName } from '../ir/dtype';
import type { DType } from '../ir/types';

/** The element type an attribute such as QuantizeLinear's `output_dtype` means. */
export const elementType = (number: number | undefined): DType => dtypeName(number ?? 0) ?? 'unknown';
