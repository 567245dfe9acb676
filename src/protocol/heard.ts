/** What an event must look like before a page acts on it: the page trusts the host no further than the host trusts the page. */
import type { CompareEvents } from './compare';
import type { HostEvents, UiCommand } from './host';

/** For each event, whether its value has the form that was agreed. */
export type Forms<E> = { readonly [K in keyof E]-?: (value: unknown) => boolean };

const isText = (value: unknown): boolean => typeof value === 'string';
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isIndex = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** The number a command comes with, under its name; null where it comes alone. */
const ARGUMENTS: Readonly<Record<UiCommand['kind'], 'node' | 'group' | null>> = {
  fit: null,
  toggleDirection: null,
  toggleThumbnails: null,
  traceUpstream: null,
  traceDownstream: null,
  highlightType: null,
  back: null,
  forward: null,
  saveGraphSvg: null,
  saveGraphPng: null,
  find: null,
  layers: null,
  runImage: null,
  runSample: null,
  setInputSize: null,
  chooseFieldInput: null,
  graph: null,
  course: null,
  select: 'node',
  selectGroup: 'group',
  point: 'node',
};

function isCommand(value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(ARGUMENTS, value.kind)) return false;
  const argument = ARGUMENTS[value.kind as UiCommand['kind']];
  return argument === null || isIndex(value[argument]);
}

const isProblem = (value: unknown): boolean =>
  isRecord(value) && isText(value.severity) && isText(value.code) && isText(value.message);

export const hostEvents: Forms<HostEvents> = {
  plan: isText,
  sceneChanged: isText,
  problemsChanged: (value) => Array.isArray(value) && value.every(isProblem),
  command: isCommand,
  progress: (value) => isRecord(value) && isText(value.what) && (value.done === null || Number.isFinite(value.done)),
  lost: isText,
  moved: isText,
};

export const compareEvents: Forms<CompareEvents> = {
  comparedAnew: (value) =>
    isRecord(value) &&
    isRecord(value.scene) &&
    Array.isArray(value.scene.nodes) &&
    isRecord(value.view) &&
    Array.isArray(value.places) &&
    value.places.length === 2 &&
    value.places.every(isText),
  lost: isText,
};
