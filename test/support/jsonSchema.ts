import assert from 'node:assert/strict';

/** As much of JSON Schema as schemas/ uses; a keyword it does not know is a fault of the test. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const KNOWN = new Set(
  ['$schema', '$defs', '$ref', 'title', 'description', 'type', 'enum', 'const', 'anyOf', 'properties'].concat([
    'additionalProperties',
    'required',
    'items',
    'minItems',
    'maxItems',
    'minimum',
    'pattern',
    'examples',
  ]),
);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** What is wrong about a value, each with its path; nothing for a valid one. */
export function violations(root: Schema, value: unknown): readonly string[] {
  const found: string[] = [];
  const fits = (schema: Schema, at: unknown, path: string): boolean => {
    const before = found.length;
    check(schema, at, path);
    const good = found.length === before;
    found.length = before;
    return good;
  };
  const check = (schema: Schema, at: unknown, path: string): void => {
    for (const keyword of Object.keys(schema)) assert.ok(KNOWN.has(keyword), `the schema uses ${keyword}`);
    const say = (what: string): void => void found.push(`${path}: ${what}`);
    if (schema.$ref !== undefined) {
      const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
      assert.ok(target, `the schema has ${schema.$ref}`);
      check(target, at, path);
    }
    const type = typeOf(at);
    const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
    if (types && !types.includes(type) && !(type === 'integer' && types.includes('number'))) say(`is ${type}`);
    if (schema.enum && !schema.enum.includes(at)) say(`is ${JSON.stringify(at)}`);
    if ('const' in schema && schema.const !== at) say(`is not ${JSON.stringify(schema.const)}`);
    if (schema.minimum !== undefined && typeof at === 'number' && at < schema.minimum) say(`is ${at}`);
    if (schema.pattern !== undefined && typeof at === 'string' && !new RegExp(schema.pattern, 'u').test(at))
      say(`is ${at}`);
    if (schema.anyOf && !schema.anyOf.some((option) => fits(option, at, path))) say('fits none of the alternatives');
    if (Array.isArray(at)) {
      if (at.length < (schema.minItems ?? 0) || at.length > (schema.maxItems ?? Infinity))
        say(`has ${at.length} items`);
      if (schema.items) for (const [i, item] of at.entries()) check(schema.items, item, `${path}[${i}]`);
    } else if (type === 'object') members(schema, at as object, path);
  };
  const members = (schema: Schema, at: object, path: string): void => {
    for (const name of schema.required ?? []) if (!Object.hasOwn(at, name)) found.push(`${path}: ${name} is missing`);
    for (const [name, member] of Object.entries(at)) {
      const own = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
      if (own) check(own, member, `${path}.${name}`);
      else if (schema.additionalProperties === false) found.push(`${path}: ${name} is not expected`);
      else if (typeof schema.additionalProperties === 'object')
        check(schema.additionalProperties, member, `${path}.${name}`);
    }
  };
  check(root, value, '$');
  return found;
}
