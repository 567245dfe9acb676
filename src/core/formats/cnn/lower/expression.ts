/** Arithmetic over what parameters stand for: `$c*4`, `2*$n+1`, `1/8`. */

const TOKEN = /\s*(\d+(?:\.\d+)?|[-+*/()])/y;
/** Longer than any sum a person writes into a layer. */
const LONGEST = 200;

/** The value of an expression of numbers, + − * / and parentheses; null for anything else and for a division by 0. */
export function evaluate(text: string): number | null {
  if (text.length > LONGEST) return null;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return null;
    tokens.push(token);
  }
  let at = 0;

  function primary(): number | null {
    const token = tokens[at++];
    if (token === '(') {
      const inner = sum();
      return tokens[at++] === ')' ? inner : null;
    }
    if (token === '-') {
      const negated = primary();
      return negated === null ? null : -negated;
    }
    return token !== undefined && /^\d/.test(token) ? Number(token) : null;
  }
  function chain(operators: string, operand: () => number | null): number | null {
    let left = operand();
    while (left !== null && at < tokens.length && operators.includes(tokens[at]!)) {
      const operator = tokens[at++];
      const right = operand();
      if (right === null) return null;
      if (operator === '+') left += right;
      else if (operator === '-') left -= right;
      else if (operator === '*') left *= right;
      else left /= right;
    }
    return left;
  }
  function sum(): number | null {
    return chain('+-', () => chain('*/', primary));
  }

  const value = sum();
  return at === tokens.length && value !== null && Number.isFinite(value) ? value : null;
}

const REFERENCE = /\$([A-Za-z_]\w*)/g;

/** Parameters by name; what they stand for is text. */
export type Parameters = ReadonlyMap<string, string>;

/** `$c` gives way to what it stands for; names nobody knows are listed. */
export function substitute(
  text: string,
  parameters: Parameters,
): { readonly text: string; readonly unknown: readonly string[] } {
  if (!text.includes('$')) return { text, unknown: [] };
  const unknown: string[] = [];
  const replaced = text.replace(REFERENCE, (whole, name: string) => {
    const value = parameters.get(name);
    if (value === undefined) unknown.push(name);
    // `$c*2` with c = 1+1 means four.
    return value === undefined ? whole : /[-+]/.test(value) && whole !== text ? `(${value})` : value;
  });
  return { text: replaced, unknown };
}
