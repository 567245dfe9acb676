/** Takes the layer table out of the page: to the clipboard or into a file, as the host writes it. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import type { TableFormat } from '../../src/protocol/host';
import type { PageContext } from '../state/context';
import { el, fill, icon } from '../ui/dom';
import { openMenu } from '../ui/menu';
import { integer } from '../ui/numbers';

const FORMATS: readonly { readonly format: TableFormat; readonly label: string; readonly ending: string }[] = [
  { format: 'markdown', label: 'Markdown', ending: 'md' },
  { format: 'csv', label: 'CSV', ending: 'csv' },
  { format: 'latex', label: 'LaTeX', ending: 'tex' },
  { format: 'json', label: 'JSON', ending: 'json' },
];

/** How long a button says that it has done its work, ms. */
const SAID = 1600;

export interface Exporter {
  readonly element: HTMLElement;
  /** To the clipboard, in the format used last. */
  copy(): void;
}

/** `wanted`: the operators to be written, in order; null for all of them. `fileName`: without its ending. */
export function createExporter(
  { host, store, announce }: PageContext,
  wanted: () => { readonly nodes: readonly number[] | null; readonly count: number },
  fileName: (scene: Scene) => string,
): Exporter {
  let last = FORMATS[0]!;
  let timer = 0;
  const label = el('span', { class: 'layers-export-label' });
  const short = el('span', { class: 'layers-export-short' });
  const name = (text: string, brief: string): void => {
    label.textContent = text;
    short.textContent = brief;
  };
  const rest = (): void => name(t('Copy as {0}', last.label), t('Copy'));
  const done = (text: string, brief: string): void => {
    clearTimeout(timer);
    name(brief, brief);
    timer = window.setTimeout(rest, SAID);
    announce(text);
  };
  const written = async (chosen: (typeof FORMATS)[number]): Promise<{ text: string; count: number }> => {
    last = chosen;
    rest();
    const { nodes, count } = wanted();
    const times = store.get().run.times?.ms ?? null;
    return { text: await host.table({ format: chosen.format, nodes, times }), count };
  };
  const failed = (error: unknown): void => {
    const text = t('The table could not be written: {0}', error instanceof Error ? error.message : String(error));
    store.dispatch({ do: 'message', message: { severity: 'error', text } });
  };
  const copy = (chosen = last): void => {
    void written(chosen)
      .then(async ({ text, count }) => {
        await host.copy(text);
        done(t('{0} layers copied as {1}', integer(count), chosen.label), t('Copied'));
      })
      .catch(failed);
  };
  const save = (chosen: (typeof FORMATS)[number]): void => {
    void written(chosen)
      .then(async ({ text, count }) => {
        const { scene } = store.get();
        const name = scene ? fileName(scene) : 'layers';
        const saved = await host.save({ name: `${name}.${chosen.ending}`, content: text });
        if (saved) done(t('{0} layers saved as {1}', integer(count), chosen.label), t('Saved'));
      })
      .catch(failed);
  };
  const main = el(
    'button',
    {
      class: 'layers-export-main',
      attrs: { type: 'button', 'data-testid': 'copy-table' },
      on: { click: () => copy() },
    },
    icon('export'),
    label,
    short,
  );
  const more = el(
    'button',
    {
      class: 'layers-export-more',
      title: t('More ways to copy or save the table'),
      attrs: {
        type: 'button',
        'aria-label': t('More ways to copy or save the table'),
        'aria-haspopup': 'menu',
        'aria-expanded': 'false',
        'data-testid': 'table-formats',
      },
      on: {
        click: () =>
          openMenu(more, t('Copy or save the table'), [
            ...FORMATS.map((one) => ({ label: t('Copy as {0}', one.label), icon: 'copy', run: () => copy(one) })),
            null,
            ...FORMATS.map((one) => ({ label: t('Save as {0}…', one.label), icon: 'save', run: () => save(one) })),
          ]),
      },
    },
    icon('chevron-down'),
  );
  rest();
  const element = el('span', { class: 'layers-export' });
  fill(element, main, more);
  return { element, copy: () => copy() };
}
