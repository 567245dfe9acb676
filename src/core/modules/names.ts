/** Short names of modules and layers. */
import { saysOperator, type Path } from './scopes';

/** `layer1.0.conv1` inside of `layer1.0` is `conv1`; but `features.0` in `features` stays, for `0` alone says nothing. */
export function within(name: string, around: string): string {
  if (!around || !name.startsWith(`${around}.`)) return name;
  const rest = name.slice(around.length + 1);
  return /\p{L}/u.test(rest) ? rest : name;
}

/** A layer's own name in its module: `branch2.0` of `branch2 / branch2.0 / conv` around a Conv. `depth`: parts of the path that are modules drawn around it. */
export function layerName(path: Path, depth: number, op: string): string {
  const parts = path.slice(depth).filter((p) => p !== '');
  // A part that the next one repeats in front says nothing new.
  const telling = parts.filter((part, i) => !parts[i + 1]?.startsWith(`${part}.`));
  if (telling.length > 1 && saysOperator(telling.at(-1) ?? '', op)) telling.pop();
  return within(telling.join('.'), depth > 0 ? (path[depth - 1] ?? '') : '');
}

/** What these names have in common at the front, up to a separator: `conv2_block1`; '' where that is nothing telling. */
export function commonName(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (!others.length || names.some((n) => !n)) return '';
  let length = first.length;
  for (const name of others) {
    let n = 0;
    while (n < length && name[n] === first[n]) n++;
    length = n;
  }
  const prefix = first.slice(0, length);
  const isEnd = (name: string): boolean => name.length === length || /[._/-]/.test(name[length] ?? '');
  const cut = names.every(isEnd) ? prefix : prefix.slice(0, Math.max(0, prefix.search(/[._/-][^._/-]*$/)));
  const plain = cut.replace(/[._/-]+$/, '');
  return plain.length > 1 && /\p{L}/u.test(plain) ? plain : '';
}
