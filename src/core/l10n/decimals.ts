import { t } from './l10n';

/**
 * Digits as `toFixed` writes them, with the reader's decimal mark. Only for what people read: what is typed and read back, formulas,
 * attributes as the file has them and every export keep the point.
 */
export const marked = (digits: string): string => digits.replace('.', t('.'));
