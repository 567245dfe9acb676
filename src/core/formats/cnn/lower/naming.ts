import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import { fix } from '../fixes';
import * as problems from '../problems';
import type { Word } from '../syntax/tree';
import type { GivenOptions } from './given';
import type { Frame } from './scope';

const at = ({ span }: Word) => ({ location: { kind: 'text', span } }) as const;

/** Words that mean something else where a name could stand. */
const RESERVED = new Set(['input', 'previous']);

/** What `output` may say without being a name. */
const NO_NAME = /^(true|false|yes|no|on|off)$/;

/** The word that names a layer: `name`, or what its output is called. */
export function nameWord(given: GivenOptions): Word | null {
  const output = given.get('output')?.words[0];
  return given.get('name')?.words[0] ?? (output && !NO_NAME.test(output.text) ? output : null);
}

/** Names for layers: those that were given, checked, and made-up ones for the rest. */
export class Naming {
  private readonly counts = new Map<string, number>();

  constructor(private readonly say: (problem: FixableDiagnostic) => void) {}

  /** `conv1`, `conv2`: the kind and a number, which starts anew inside each use of a block. */
  counted(kind: string, { prefix, body }: Frame): string {
    const base = kind.replace(/\W+/g, '') || 'layer';
    const taken = givenNames(body);
    const key = `${prefix}${base}`;
    let count = this.counts.get(key) ?? 0;
    do count++;
    while (taken.has(`${base}${count}`));
    this.counts.set(key, count);
    return `${base}${count}`;
  }

  /** The name itself where it can be one; null after saying why not. */
  checked(word: Word, frame: Frame, again: boolean): string | null {
    const { text } = word;
    // A parameter nobody knows was told already.
    if (text.includes('$')) return null;
    if (!/^[A-Za-z_][\w-]*$/.test(text)) {
      this.say(problems.badName(at(word), text));
      return null;
    }
    const reserved = RESERVED.has(text);
    if (!reserved && (again || !frame.scope.own(text))) return text;
    const free = freeName(text, frame);
    const edit = { span: word.span, text: free };
    this.say({ ...problems.nameTaken(at(word), text, reserved), fixes: [fix(t('Call it “{0}”', free), edit)] });
    return null;
  }
}

const known = new WeakMap<Frame['body'], ReadonlySet<string>>();

/** Names that the layers of a body are given, early and late. */
function givenNames(body: Frame['body']): ReadonlySet<string> {
  const names =
    known.get(body) ??
    new Set(
      body.flatMap(({ keys }) =>
        keys.flatMap(({ key, value }) => (key.text === 'name' && value.kind === 'text' ? [value.text.trim()] : [])),
      ),
    );
  known.set(body, names);
  return names;
}

function freeName(name: string, { scope, body }: Frame): string {
  const taken = givenNames(body);
  let count = 2;
  while (scope.own(`${name}${count}`) || taken.has(`${name}${count}`)) count++;
  return `${name}${count}`;
}
