import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import type { LayerSyntax } from '../syntax/program';
import { wordsOf, type Tree, type Word } from '../syntax/tree';
import type { Naming } from './naming';
import type { Frame } from './scope';
import type { Resolved } from './references';
import type { Branch, LayerRun, Wire } from './wire';

/** What can lower layers within a layer. */
export interface Bodies {
  body(layers: readonly LayerSyntax[], frame: Frame): void;
  layersIn(tree: Tree): readonly LayerSyntax[];
  resolve(word: Word, frame: Frame, run: LayerRun | null): Resolved | null;
  /** A word with its parameters replaced. */
  spelled(word: Word, frame: Frame): Word;
  say(problem: FixableDiagnostic, run: LayerRun | null): void;
  readonly naming: Naming;
}

/** Names, layers and lists of layers that meet; layers begin at what came before the join. */
export function branchesOf(lowering: Bodies, run: LayerRun, frame: Frame, again: boolean): readonly Branch[] {
  const { given } = run;
  const said = given.get('inputs') ?? (again ? undefined : given.get('from'));
  if (!said) return [];
  const items: readonly Tree[] =
    said.tree?.kind === 'list'
      ? said.tree.items
      : said.tree
        ? [said.tree]
        : said.words.map(({ text, span }) => ({ kind: 'text', text, span, verbatim: true }));
  const before = frame.previous;
  const found: Branch[] = [];
  // `add: shortcut` adds it to what came before.
  if (items.length === 1) found.push({ wire: before, span: run.layer.kind.span, name: null });
  for (const item of items) {
    frame.previous = before;
    if (item.kind === 'text') {
      for (const word of wordsOf(item)) {
        const wire = lowering.resolve(word, frame, run)?.wire;
        if (wire) found.push({ wire, span: word.span, name: lowering.spelled(word, frame).text });
      }
    } else if (item.kind !== 'none') {
      lowering.body(lowering.layersIn(item), frame);
      found.push({ wire: frame.previous, span: item.span, name: null });
    }
  }
  frame.previous = before;
  return found;
}

const at = ({ span }: Pick<Word, 'span'>) => ({ location: { kind: 'text', span } }) as const;

/** A layer takes one input: the one before, or what `from` says. Copies after the first go on from the one before. */
export function inputOf(bodies: Bodies, run: LayerRun, frame: Frame, again: boolean): Wire {
  const from = run.given.get('from');
  if (!from || again) return frame.previous;
  const words =
    from.tree?.kind === 'list'
      ? from.tree.items.flatMap((item) => (item.kind === 'text' ? wordsOf(item) : []))
      : from.words;
  const [word, more] = words;
  if (more) bodies.say(problems.oneInput(at(more), run.kind?.title ?? run.layer.kind.text), run);
  return (word && bodies.resolve(word, frame, run)?.wire) ?? frame.previous;
}

/** The max pooling that a max unpooling goes back to; null after saying that there is none. */
export function poolingOf(bodies: Bodies, run: LayerRun, frame: Frame): LayerRun | null {
  const word = run.given.get('of')?.words[0];
  if (!word) {
    const what = t('The max pooling whose indices are used');
    bodies.say(problems.noValue(at(run.layer.kind), what, 'maxunpool: pool1'), run);
    return null;
  }
  const found = bodies.resolve(word, frame, run);
  const source = found && (found.named?.run ?? found.wire.run);
  if (source?.kind?.name === 'maxpool') return source;
  if (found) bodies.say(problems.noIndices(at(word), bodies.spelled(word, frame).text), run);
  return null;
}

/** A name that leads nowhere was spoken of: that a branch is missing follows from it. */
export const saysWhereTo = (told: readonly { readonly problem: FixableDiagnostic }[]): boolean =>
  told.some(({ problem: { code } }) => code === 'cnn/reference' || code === 'cnn/later');
