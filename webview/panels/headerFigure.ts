/** Asks what a figure of the graph should be, and saves it where the user says. */
import './headerFigure.css';
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import { MOST_PIXELS, pixelsOf, type FigureRequest } from '../state/figure';
import { el } from '../ui/dom';
import { button } from '../ui/index';
import { integer } from '../ui/numbers';

interface Choice {
  readonly value: string;
  readonly label: string;
}

const AREAS: readonly Choice[] = [
  { value: 'whole', label: t('Whole graph') },
  { value: 'view', label: t('What is in view') },
];
const SCALES: readonly Choice[] = ['1', '2', '3', '4'].map((value) => ({ value, label: `${value}×` }));
const COLOURS: readonly Choice[] = [
  { value: 'paper', label: t('Light, for print') },
  { value: 'page', label: t('As in the editor') },
];

/** What was chosen last stands there the next time. */
let last: Omit<FigureRequest, 'format'> = { area: 'whole', scale: 2, paper: true };

export function openFigure(context: PageContext, format: FigureRequest['format']): void {
  document.querySelector('.figure-dialog')?.remove();
  const before = document.activeElement;
  const scales = choices('scale', t('Scale'), SCALES, String(last.scale));
  const facts = el('p', { class: 'figure-facts dim num', attrs: { 'aria-live': 'polite' } });
  const form = el(
    'form',
    { class: 'figure-form', attrs: { method: 'dialog' } },
    el('h2', { text: t('Save graph as {0}', format.toUpperCase()) }),
    choices('area', t('Show'), AREAS, last.area),
    format === 'png' ? scales : null,
    choices('colours', t('Colours'), COLOURS, last.paper ? 'paper' : 'page'),
    facts,
  );
  const request = (): FigureRequest => {
    const data = new FormData(form);
    return {
      format,
      area: data.get('area') === 'view' ? 'view' : 'whole',
      scale: Number(data.get('scale') ?? last.scale),
      paper: data.get('colours') === 'paper',
    };
  };
  const dialog = el(
    'dialog',
    { class: 'figure-dialog', attrs: { 'aria-label': t('Save graph as {0}', format.toUpperCase()) } },
    form,
  );
  const saving = button(t('Save…'), { testId: 'save-figure', onClick: () => void save() });
  const end = (): void => {
    dialog.close();
    dialog.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  const show = (): void => {
    const asked = request();
    const size = context.stage?.figures.size(asked) ?? null;
    const { width, height } = size ? pixelsOf(size, format === 'png' ? asked.scale : 1) : { width: 0, height: 0 };
    const large = format === 'png' && width * height > MOST_PIXELS;
    facts.classList.toggle('figure-large', large);
    facts.textContent = size ? extentText(format, integer(width), integer(height), large) : t('There is no graph yet');
    saving.toggleAttribute('disabled', !size || large);
  };
  const save = async (): Promise<void> => {
    const asked = request();
    const { format: _, ...kept } = asked;
    last = kept;
    end();
    await saveFigure(context, asked);
  };
  form.append(
    el('div', { class: 'figure-actions' }, button(t('Cancel'), { appearance: 'secondary', onClick: end }), saving),
  );
  form.addEventListener('change', show);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!saving.hasAttribute('disabled')) void save();
  });
  form.addEventListener('keydown', (event) => {
    // Keys of the graph behind are not meant; Enter on a choice saves.
    event.stopPropagation();
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) form.requestSubmit();
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    end();
  });
  document.body.append(dialog);
  dialog.showModal();
  show();
  form.querySelector<HTMLInputElement>('input:checked')?.focus();
}

function extentText(format: FigureRequest['format'], width: string, height: string, large: boolean): string {
  if (format === 'svg') return t('{0} × {1} px, without loss at any size', width, height);
  if (large) return t('{0} × {1} pixels: too large, take a smaller scale or SVG', width, height);
  return t('{0} × {1} pixels', width, height);
}

function choices(name: string, title: string, list: readonly Choice[], chosen: string): HTMLElement {
  const field = el('fieldset', {}, el('legend', { text: title }));
  for (const { value, label } of list) {
    const input = el('input', { attrs: { type: 'radio', name, value, checked: value === chosen } });
    field.append(el('label', {}, input, label));
  }
  return field;
}

async function saveFigure({ host, store, stage, announce }: PageContext, request: FigureRequest): Promise<void> {
  const title = store.get().scene?.title.replace(/[.][^.]+$/, '') ?? 'graph';
  try {
    announce(t('Drawing the figure'));
    const content = await stage?.figures.make(request);
    if (content === undefined) return;
    if (await host.save({ name: `${title}.${request.format}`, content })) announce(t('Figure saved'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    store.dispatch({
      do: 'message',
      message: { severity: 'error', text: t('The figure could not be written: {0}', reason) },
    });
  }
}
