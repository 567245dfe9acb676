import { t } from '../../../l10n/l10n';
import { fix } from '../fixes';
import * as problems from '../problems';
import { nearest } from '../suggest';
import type { LayerSyntax } from '../syntax/program';
import { wordsOf, type Word } from '../syntax/tree';
import { layerNamed, LAYERS } from '../vocabulary/layers';
import type { Bodies } from './inputs';
import type { Frame } from './scope';

const at = ({ span }: Pick<Word, 'span'>) => ({ location: { kind: 'text', span } }) as const;

/** `- from: pool1` goes on from there. Anything else that is no layer is one in the making: the net goes on around it. */
export function unfinished(bodies: Bodies, layer: LayerSyntax, frame: Frame, blocks: ReadonlySet<string>): void {
  const { text } = layer.kind;
  const key = (name: string): Word | undefined => {
    const value = layer.keys.find((entry) => entry.key.text === name)?.value;
    return value?.kind === 'text' ? wordsOf(value)[0] : undefined;
  };
  const from = key('from');
  const found = from && bodies.resolve(from, frame, null);
  if (found) frame.previous = found.wire;
  if (text !== '') {
    const whole = called(layer, blocks) === null ? layer.kind.span : layer.span;
    const meant =
      called(layer, blocks) ?? nearest(text, [...blocks, ...LAYERS.flatMap(({ name, aliases }) => [name, ...aliases])]);
    const fixes = meant === null ? [] : [fix(t('Change to “{0}”', meant), { span: whole, text: meant })];
    bodies.say({ ...problems.unknownLayer(at(layer.kind), text, meant), fixes }, null);
  } else if (!from) bodies.say(problems.noKind(at(layer)), null);
  const name = key('name');
  const checked = name && bodies.naming.checked(bodies.spelled(name, frame), frame, false);
  // So that those who name it are not told that it is not there.
  if (name && checked) frame.scope.define(checked, { wire: frame.previous, run: null, word: name, inside: null });
}

/** `- stage(64, 2)`: values stand behind a colon. */
function called({ kind, value }: LayerSyntax, blocks: ReadonlySet<string>): string | null {
  const whole = `${kind.text}${value.kind === 'text' ? value.text : ''}`;
  const [, name = '', values = ''] = /^(\w+)\(([^()]*)\)$/.exec(whole) ?? [];
  if (!blocks.has(name) && layerNamed(name) === null) return null;
  const list = values.split(/[\s,]+/).filter((word) => word !== '');
  return list.length ? `${name}: ${list.join(' ')}` : name;
}

/** `- conv 64 3x3`. */
export function missingColon(bodies: Bodies, kind: Word): void {
  const edit = { span: { start: kind.span.end, end: kind.span.end }, text: ':' };
  bodies.say({ ...problems.missingColon(at(kind), kind.text), fixes: [fix(t('Insert the colon'), edit)] }, null);
}
