/** Reads a document of XML as strictly as its standard asks, as far as figures use it. Throws where it is not well-formed. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  /** Text directly inside. */
  text: string;
}

const NAME = '[A-Za-z_][\\w.:-]*';
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);
const ATTRIBUTE = new RegExp(`(${NAME})="([^"<]*)"`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
// Everything XML 1.0 calls a character.
const CHARACTERS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

function decoded(text: string): string {
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const found = name.endsWith(';') ? ENTITIES[name.slice(0, -1)] : undefined;
    if (found === undefined) throw new Error(`${whole} is no reference`);
    return found;
  });
}

export function readXml(source: string): Element {
  if (!CHARACTERS.test(source)) throw new Error('a sign that XML does not allow');
  let rest = source.replace(/^<\?xml[^?]*\?>\s*/, '');
  const top: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const stack = [top];
  while (rest) {
    const inside = stack.at(-1)!;
    if (!rest.startsWith('<')) {
      const end = rest.indexOf('<');
      const text = end < 0 ? rest : rest.slice(0, end);
      inside.text += decoded(text);
      rest = rest.slice(text.length);
      continue;
    }
    const tag = TAG.exec(rest);
    if (!tag) throw new Error(`no tag: ${rest.slice(0, 60)}`);
    rest = rest.slice(tag[0].length);
    const [, closing, name = '', written = '', empty] = tag;
    if (closing) {
      if (stack.pop()!.name !== name) throw new Error(`${name} ends what it did not begin`);
      continue;
    }
    const attributes = new Map<string, string>();
    for (const [, key = '', value = ''] of written.matchAll(ATTRIBUTE)) {
      if (attributes.has(key)) throw new Error(`${key} twice`);
      attributes.set(key, decoded(value));
    }
    const element: Element = { name, attributes, children: [], text: '' };
    inside.children.push(element);
    if (!empty) stack.push(element);
  }
  if (stack.length !== 1 || top.children.length !== 1 || top.text.trim()) throw new Error('not one element');
  return top.children[0]!;
}

export const everyElement = (element: Element): Element[] => [element, ...element.children.flatMap(everyElement)];
