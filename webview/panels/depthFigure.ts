/** The chart as a figure for a paper: on white, with the light theme's colours and nothing selected, every style written out. */
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import { el } from '../ui/dom';
import { lightPalette } from '../ui/theme';
import { svg } from '../ui/svg';

/** Pixels of the picture for each of the drawing. */
const SHARP = 3;
const STROKE = ['stroke-width', 'stroke-dasharray', 'stroke-linejoin'];
const PAINT = ['fill', 'fill-opacity', 'stroke', ...STROKE];
const TYPE = ['paint-order', 'font-family', 'font-size', 'font-weight', 'text-anchor'];

export async function saveFigure(
  { host, store, announce }: PageContext,
  chart: SVGSVGElement,
  kind: 'svg' | 'png',
): Promise<void> {
  const title = store.get().scene?.title.replace(/[.][^.]+$/, '') ?? 'model';
  try {
    const text = figure(chart, title);
    const content = kind === 'svg' ? text : await picture(text, chart);
    if (await host.save({ name: `${title}-depth.${kind}`, content })) announce(t('Figure saved'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    store.dispatch({
      do: 'message',
      message: { severity: 'error', text: t('The figure could not be written: {0}', reason) },
    });
  }
}

/** An SVG document that looks the same without any style sheet. */
function figure(chart: SVGSVGElement, title: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  copy.querySelectorAll('.depth-hit, .depth-hover, .depth-frame').forEach((mark) => mark.remove());
  copy.querySelectorAll('[role=option], g:empty').forEach((group) => group.remove());
  // Styles are read where the light colours hold: in a corner that nobody sees.
  const corner = el('div', { class: 'sr-only', style: lightPalette() });
  corner.append(copy);
  document.body.append(corner);
  try {
    const elements = [...copy.querySelectorAll<SVGElement>('path, rect, circle, text, tspan')];
    // All are read before the first is changed: styles come down from what lies around.
    const styles = elements.map((element) => {
      const style = getComputedStyle(element);
      const names = element instanceof SVGTextContentElement ? [...PAINT, ...TYPE] : PAINT;
      return names.map((name) => [name, plainColour(style.getPropertyValue(name))] as const);
    });
    elements.forEach((element, at) => {
      for (const [name, value] of styles[at]!)
        if (name === 'fill' || (value !== '' && value !== 'none' && value !== 'normal'))
          element.setAttribute(name, value);
      if (!element.hasAttribute('stroke')) for (const name of STROKE) element.removeAttribute(name);
      element.removeAttribute('class');
      element.removeAttribute('style');
    });
  } finally {
    corner.remove();
  }
  for (const group of copy.querySelectorAll('g'))
    for (const name of ['class', 'style', 'aria-hidden']) group.removeAttribute(name);
  for (const name of [
    'class',
    'role',
    'tabindex',
    'data-testid',
    'aria-orientation',
    'aria-activedescendant',
    'aria-label',
  ])
    copy.removeAttribute(name);
  const name = svg('title');
  name.textContent = title;
  copy.prepend(name, svg('rect', { width: '100%', height: '100%', fill: '#ffffff' }));
  return new XMLSerializer().serializeToString(copy);
}

/** `color(srgb 0.1 0.2 0.3)`, what mixing gives, is unknown to most programs that draw figures. */
function plainColour(value: string): string {
  const mixed = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(value);
  if (!mixed) return value;
  const [red, green, blue] = mixed.slice(1, 4).map((part) => Math.round(Number(part) * 255));
  return `rgba(${red}, ${green}, ${blue}, ${mixed[4] ?? '1'})`;
}

async function picture(text: string, chart: SVGSVGElement): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(chart.width.baseVal.value * SHARP);
  canvas.height = Math.round(chart.height.baseVal.value * SHARP);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error(t('no canvas'));
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(t('too large for a picture'));
  return new Uint8Array(await blob.arrayBuffer());
}
