import { ACTIVATIONS } from '../formats/cnn/vocabulary/activations';
import { LAYERS, optionsOf, type LayerKind } from '../formats/cnn/vocabulary/layers';
import { OPTIONS, optionNamed, type Option } from '../formats/cnn/vocabulary/options';
import { SETTINGS } from '../formats/cnn/vocabulary/settings';

type Schema = Readonly<Record<string, unknown>>;

const SHORT: Schema = { type: ['string', 'number', 'null'] };

/** What a key may hold; sizes and parameters (`$c`) are texts, so most take texts beside what they mean. */
function valueSchema({ kind }: Option): Schema {
  switch (kind) {
    case 'flag':
      return { type: ['boolean', 'string', 'null'] };
    case 'bias':
      return { type: ['boolean', 'number', 'string', 'null'] };
    case 'count':
    case 'number':
    case 'ratio':
      return { type: ['number', 'string'] };
    case 'padding':
      return {
        anyOf: [
          { type: ['number', 'string'] },
          { type: 'array', items: { type: 'integer' }, minItems: 4, maxItems: 4 },
        ],
      };
    case 'weights':
      return { anyOf: [{ type: 'string' }, { $ref: '#/$defs/numbers' }] };
    case 'activation':
      return { type: 'string', examples: [...ACTIVATIONS.map(({ name }) => name), 'none'] };
    case 'references':
      return { anyOf: [{ type: 'string' }, { $ref: '#/$defs/branches' }] };
    case 'layers':
      return { anyOf: [{ $ref: '#/$defs/layers' }, { $ref: '#/$defs/layer' }] };
    case 'output':
      return { type: ['boolean', 'string', 'null'] };
    default:
      return { type: ['string', 'number'] };
  }
}

const optionSchema = (option: Option): Schema => ({
  description: option.doc,
  ...(option.examples.length ? { examples: option.examples } : {}),
  ...valueSchema(option),
});

/** What may stand behind a layer's name: the short form, a list where it takes one, or its keys. */
function layerSchema(kind: LayerKind): Schema {
  const own = optionsOf(kind).flatMap((name) => optionNamed(name) ?? []);
  const lists =
    kind.chapter === 'join'
      ? [{ $ref: '#/$defs/branches' }]
      : kind.name === 'head'
        ? [{ $ref: '#/$defs/layers' }, { $ref: '#/$defs/layer' }]
        : kind.slots[0] === 'weights'
          ? [{ $ref: '#/$defs/numbers' }]
          : kind.slots[0] === 'pad'
            ? [{ type: 'array', items: { type: 'integer' } }]
            : [];
  const properties = Object.fromEntries(
    own.flatMap((option) =>
      [option.name, ...option.aliases].map((name) => [name, { $ref: `#/$defs/option_${option.name}` }]),
    ),
  );
  return {
    title: kind.title,
    description: `${kind.doc}\n\n${kind.example}`,
    anyOf: [SHORT, ...lists, { type: 'object', properties }],
  };
}

/** JSON Schema (draft 2020-12) of definitions, for editors without ConvLens. It admits all that ConvLens reads; what it means is checked there. */
export function definitionSchema(): Schema {
  const reference = (to: string, names: readonly string[]): readonly (readonly [string, Schema])[] =>
    names.map((name) => [name, { $ref: `#/$defs/${to}` }]);
  const options = OPTIONS.map((option) => [`option_${option.name}`, optionSchema(option)] as const);
  const keys = OPTIONS.flatMap(({ name, aliases }) => reference(`option_${name}`, [name, ...aliases]));
  const kinds = LAYERS.flatMap(({ name, aliases }) => reference(`layer_${name}`, [name, ...aliases]));
  // `pad`, `crop` and `bn` are layers, and keys of other layers.
  const properties: Record<string, Schema> = Object.fromEntries(keys);
  for (const [name, own] of kinds) {
    const key = properties[name];
    properties[name] = key ? { anyOf: [own, key] } : own;
  }
  const settings = new Map(
    SETTINGS.map(({ name, doc, examples }) => [name, { description: doc, ...(examples.length ? { examples } : {}) }]),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ConvLens network definition',
    type: 'object',
    additionalProperties: false,
    properties: {
      name: { ...settings.get('name'), type: 'string' },
      input: {
        ...settings.get('input'),
        anyOf: [
          { type: 'string', pattern: '^\\s*\\d+(\\s*[x×X*]\\s*\\d+){1,3}\\s*$' },
          {
            type: 'object',
            additionalProperties: false,
            properties: { size: { type: 'string' }, values: { enum: ['0..1', '0..255', '-1..1', 'imagenet'] } },
          },
        ],
      },
      width: { ...settings.get('width'), type: ['string', 'number'] },
      seed: { ...settings.get('seed'), type: 'integer', minimum: 0 },
      labels: { ...settings.get('labels'), type: 'string' },
      blocks: { ...settings.get('blocks'), type: ['object', 'null'], additionalProperties: { $ref: '#/$defs/layers' } },
      layers: { ...settings.get('layers'), $ref: '#/$defs/layers' },
    },
    $defs: {
      layers: { type: ['array', 'null'], items: { anyOf: [{ $ref: '#/$defs/layer' }, { type: 'null' }] } },
      // Blocks are layers too, and have any name: what is not listed is admitted.
      layer: { anyOf: [{ type: 'string' }, { type: 'object', properties }] },
      branches: {
        anyOf: [
          { type: ['string', 'null'] },
          { type: 'array', items: { anyOf: [{ $ref: '#/$defs/layer' }, { $ref: '#/$defs/layers' }] } },
        ],
      },
      numbers: { type: 'array', items: { anyOf: [{ type: ['number', 'string'] }, { $ref: '#/$defs/numbers' }] } },
      ...Object.fromEntries(options),
      ...Object.fromEntries(LAYERS.map((kind) => [`layer_${kind.name}`, layerSchema(kind)])),
    },
  };
}
