/** Pictures on offer, as thumbnails in groups. */
import './imagePicker.css';
import { t } from '../../src/core/l10n/l10n';
import type { ImageEntry } from '../../src/protocol/host';
import type { Runner } from '../state/runner';
import { el, fill, icon } from '../ui/dom';

const GROUPS: readonly { readonly group: ImageEntry['group']; readonly title: string }[] = [
  { group: 'picked', title: t('Yours') },
  { group: 'model', title: t('Of this model') },
  { group: 'samples', title: t('Samples') },
  { group: 'workspace', title: t('Workspace') },
];
/** A workspace may hold thousands; more than this nobody looks through here. */
const MOST = 60;

/** Addresses of pictures that came as bytes; made once each. */
const addresses = new WeakMap<Uint8Array, string>();

/** Where a picture can be shown from; null where it is nowhere. */
export function addressOf({ url, bytes }: ImageEntry): string | null {
  if (url !== null || !bytes) return url;
  const known = addresses.get(bytes);
  if (known) return known;
  const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  addresses.set(bytes, made);
  return made;
}

export interface PickerActions {
  readonly choose: (image: ImageEntry) => void;
  /** Puts a whole group beside those to switch between. */
  readonly chooseAll: (images: readonly ImageEntry[]) => void;
  readonly pick: () => void;
  readonly draw: () => void;
}

export async function fillPicker(parent: HTMLElement, runner: Runner, actions: PickerActions): Promise<void> {
  const images = await runner.images().catch(() => []);
  const current = runner.chosen;
  const thumbnail = (image: ImageEntry): HTMLElement => {
    const address = addressOf(image);
    const shown =
      address === null
        ? icon('file-media')
        : el('img', { attrs: { src: address, alt: '', loading: 'lazy', draggable: 'false' } });
    const isCurrent = current?.name === image.name && current.group === image.group;
    return el(
      'button',
      {
        class: isCurrent ? 'thumb on' : 'thumb',
        title: image.name,
        attrs: {
          type: 'button',
          'data-image': image.name,
          'aria-label': image.name,
          'aria-pressed': String(isCurrent),
        },
        on: { click: () => actions.choose(image) },
      },
      shown,
    );
  };
  const other = (name: string, label: string, run: () => void): HTMLElement =>
    el(
      'button',
      { class: 'thumb thumb-other', title: label, attrs: { type: 'button', 'aria-label': label }, on: { click: run } },
      icon(name),
    );
  const groups = GROUPS.flatMap(({ group, title }) => {
    const own = images.filter((image) => image.group === group);
    if (own.length === 0) return [];
    const rest = own.length > MOST ? ` (${t('{0} more through the folder', own.length - MOST)})` : '';
    const shown = own.slice(0, MOST);
    const all = el('button', {
      class: 'link-quiet',
      text: t('Run all {0}', shown.length),
      attrs: { type: 'button', 'data-group': group, 'aria-label': t('Run all {0} pictures: {1}', shown.length, title) },
      on: { click: () => actions.chooseAll(shown) },
    });
    return [
      el('div', { class: 'picker-head' }, el('h3', { text: title + rest }), shown.length > 1 ? all : null),
      el('div', { class: 'thumbs' }, ...shown.map(thumbnail)),
    ];
  });
  fill(
    parent,
    ...groups,
    el('h3', { text: groups.length > 0 ? t('Other') : t('Choose a picture') }),
    el(
      'div',
      { class: 'thumbs' },
      other('folder-opened', t('From disk…'), actions.pick),
      other('edit', t('Draw'), actions.draw),
    ),
  );
}
