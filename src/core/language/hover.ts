import type { Span } from '../diagnostics/diagnostic';
import { REFERENCES } from '../formats/cnn/vocabulary/settings';
import type { LayerRun } from '../formats/cnn/lower/wire';
import { t } from '../l10n/l10n';
import { hoverCard } from '../view/card';
import type { HoverCard } from '../view/types';
import { figuresOf, synapsesText } from './figures';
import type { Site, Snapshot } from './snapshot';
import { standingAt, type Standing } from './words';

export interface Hover {
  readonly span: Span;
  readonly title: string;
  /** Ours, with `code` in ticks: safe to render. */
  readonly paragraphs: readonly string[];
  /** Lines of the language; may hold names of the text. */
  readonly code: readonly string[];
  /** Figures; names of the text are in them. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** The operator's full card. */
  readonly card: HoverCard | null;
}

/** What is to be said of a place; null for nothing. */
export function hover(snapshot: Snapshot, offset: number): Hover | null {
  const standing = standingAt(snapshot, offset);
  return standing ? told(snapshot, standing) : null;
}

const none = { paragraphs: [], code: [], facts: [], card: null } as const;

function told(snapshot: Snapshot, standing: Standing): Hover | null {
  const { span } = standing;
  switch (standing.is) {
    case 'setting': {
      const { name, doc, examples } = standing.setting;
      return {
        ...none,
        span,
        title: name,
        paragraphs: [doc],
        code: examples.slice(0, 2).map((text) => `${name}: ${text}`),
      };
    }
    case 'kind': {
      const { title, doc, example } = standing.kind;
      return { ...none, span, title, paragraphs: [doc], code: [`- ${example}`], ...figures(snapshot, standing.site) };
    }
    case 'block':
      return blockHover(snapshot, span, standing.name, standing.site);
    case 'option': {
      const { name, doc, examples, aliases } = standing.option;
      const other = aliases.length ? [t('Also written {0}.', aliases.map((alias) => `\`${alias}\``).join(', '))] : [];
      const code = examples.slice(0, 3).map((text) => `${name}: ${text}`);
      return { ...none, span, title: name, paragraphs: [doc, ...other], code };
    }
    case 'activation': {
      const { title, doc } = standing.activation;
      return { ...none, span, title, paragraphs: [doc] };
    }
    case 'weights': {
      const { name, doc } = standing.word;
      return { ...none, span, title: name, paragraphs: [doc] };
    }
    case 'name':
      return { ...none, span, title: standing.word.text, ...figures(snapshot, standing.site) };
    case 'reference': {
      const text = snapshot.source.slice(span.start, span.end);
      const { target } = standing.use;
      const word = text === 'input' ? REFERENCES.input : text === 'previous' ? REFERENCES.previous : '';
      const site = target && snapshot.siteAt(target.span.start);
      return { ...none, span, title: text, paragraphs: word ? [word] : [], ...(site ? figures(snapshot, site) : {}) };
    }
  }
}

function blockHover(snapshot: Snapshot, span: Span, name: string, site: Site | null): Hover {
  const block = snapshot.definition.program.blocks.find((entry) => entry.name.text === name);
  const parameters = block?.parameters.map((own) => own.name.text + (own.usual ? `=${own.usual.text}` : '')) ?? [];
  const used = snapshot.definition.runs.filter((run) => run.block?.name.text === name).length;
  const about =
    used === 1
      ? t('A block of layers. Used once.')
      : used
        ? t('A block of layers. Used {0} times.', used)
        : t('A block of layers. Nothing uses it.');
  const title = `${name}${parameters.length ? `(${parameters.join(', ')})` : ''}`;
  return {
    ...none,
    span,
    title,
    paragraphs: [about],
    ...(site ? figures(snapshot, site) : {}),
  };
}

/** The card of the layer's operator; for a block or several copies the figures of the line. */
function figures(snapshot: Snapshot, site: Site): Pick<Hover, 'facts' | 'card'> {
  const [first] = site.runs;
  if (!first) return { facts: [{ label: t('In the net'), value: t('no use of this block leads here') }], card: null };
  const card = first.main === null ? null : hoverCard(snapshot.drawing, first.main);
  const own = figuresOf(snapshot, site);
  const shared = site.runs.length > 1 && own ? [{ label: t('{0} layers', own.layers), value: summary(own) }] : [];
  const whole = !card && own ? [{ label: t('Out'), value: summary(own) }] : [];
  return { facts: [...shared, ...whole, ...windowFacts(first)], card };
}

const summary = (own: NonNullable<ReturnType<typeof figuresOf>>): string =>
  [own.size, own.sees, synapsesText(own)].filter(Boolean).join(' · ');

/** What padding makes of the size, which the card does not say. */
function windowFacts({ window, result }: LayerRun): Hover['facts'] {
  const before = window?.input?.spatial;
  const after = result?.shape?.spatial;
  if (!window || !before || !after || window.transposed || window.stride.some((step) => step !== 1)) return [];
  const lost = before.map((extent, axis) => (extent ?? 0) - (after[axis] ?? 0));
  if (lost.every((pixels) => pixels === 0)) return [{ label: t('Padding'), value: t('keeps the size') }];
  return [{ label: t('Padding'), value: t('the picture loses {0} rows and {1} columns', lost[0] ?? 0, lost[1] ?? 0) }];
}
