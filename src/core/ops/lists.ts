import type { Dim } from '../ir/dim';
import type { ElementList, TensorType } from '../ir/types';
import { mostElements } from './contents';
import { along, type Dependence } from './dependence';
import { everywhere } from './firstOnly';
import { mergeTypes } from './mergeTypes';
import { elementsOf, given, tensorType } from './operands';
import type { OpContext, TypedContext } from './operator';

/** Lists of tensors. Their type says what their elements have in common, and each element's own where their number is known. */

type Element = TensorType | null;

/** A list of these, whatever they are: one by one as long as there are not too many. */
export function listOf(elements: readonly Element[]): TensorType {
  const common = elements.reduce((a, b) => mergeTypes(a, b), elements[0] ?? null);
  const few = elements.length <= mostElements;
  return { ...anyListOf(common), ...(few && { elements }) };
}

/** A list with one element more; what both lists hold is kept once. */
export function listWith(list: TensorType, elements: ElementList, place: number, element: Element): TensorType {
  // What is no tensor has more to it than a list says of all its elements together.
  if (element?.container) {
    const all = [...elements];
    return listOf([...all.slice(0, place), element, ...all.slice(place)]);
  }
  const common = elements.length ? mergeTypes(elementOf(list), element) : element;
  const few = elements.length < mostElements;
  return { ...anyListOf(common), ...(few && { elements: new Longer(elements, place, element) }) };
}

class Longer implements ElementList {
  readonly length: number;

  constructor(
    readonly before: ElementList,
    readonly place: number,
    readonly element: Element,
  ) {
    this.length = before.length + 1;
  }

  at(index: number): Element | undefined {
    return elementAt(this, index < 0 ? index + this.length : index);
  }

  [Symbol.iterator](): Iterator<Element> {
    return allOf(this)[Symbol.iterator]();
  }
}

/** Without recursion: the list may have grown thousands of times. */
function elementAt(from: ElementList, index: number): Element | undefined {
  let [list, place] = [from, index];
  for (; list instanceof Longer; list = list.before) {
    if (place === list.place) return list.element;
    if (place > list.place) place--;
  }
  return place < 0 ? undefined : list.at(place);
}

function allOf(from: ElementList): readonly Element[] {
  const added: Longer[] = [];
  let list = from;
  for (; list instanceof Longer; list = list.before) added.push(list);
  const all = [...list];
  for (const { place, element } of added.reverse()) {
    if (place === all.length) all.push(element);
    else all.splice(place, 0, element);
  }
  return all;
}

/** A list of unknown length. */
export const anyListOf = (element: Element): TensorType => ({
  dtype: element?.dtype ?? 'unknown',
  shape: element?.shape ?? null,
  container: 'sequence',
});

/** What every element is. */
export const elementOf = (list: Element): Element => list && tensorType(list.dtype, list.shape);

/**
 * The place in a list of `length` that the input says, counted from the front; `otherwise` where it is left out. Null where it is not
 * known, or where there is no such place.
 */
export function placeOf(ctx: OpContext, input: number, length: number, otherwise: number): number | null {
  const said = given(ctx, input) ? elementsOf(ctx, input)?.[0] : otherwise;
  if (typeof said !== 'number') return null;
  const place = said < 0 ? said + length : said;
  return place >= 0 && place < length ? place : null;
}

/** An element and its list go place by place, but along axes where elements differ: there the whole list is read. */
export function placeByPlace(from: Element, to: Element): Dependence {
  const [a, b] = [from?.shape, to?.shape];
  if (!a || a.length !== b?.length) return everywhere(b?.length);
  const known = (d: Dim | undefined): boolean => d !== null && d !== undefined;
  return { axes: a.map((extent, i) => (known(extent) && known(b[i]) ? along(i) : [])) };
}

/** The same for every input that carries data. */
export const eachPlaceByPlace = (ctx: TypedContext): readonly (readonly (Dependence | null)[])[] =>
  ctx.outputs.map((output) =>
    ctx.inputs.map((input) => (input && !input.constant ? placeByPlace(input.type, output) : null)),
  );
