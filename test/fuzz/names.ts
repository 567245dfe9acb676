import { operators } from '../../src/core/ops';

/** Every operator ConvLens knows, and some nobody knows. */
export const operatorNames: readonly string[] = [...new Set(operators.map(({ name }) => name)), 'Nobody', ''];
