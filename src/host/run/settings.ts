import type * as vscode from 'vscode';
import { keptPreparation } from '../../core/image';
import type { Filling, Preparation, RunInput, RunSettings } from '../../protocol/host';
import { record } from '../editor/checks';
import type { LiveModel } from '../editor/liveModel';

const KEY = 'convlens.run';
/** A workspace's memory is read whole at every start: the models run longest ago are forgotten. */
const MOST_MODELS = 100;
const MOST_INPUTS = 64;

type Kept = Readonly<Record<string, unknown>>;

const keptOf = (memory: vscode.Memento): Kept => {
  const kept = memory.get<unknown>(KEY);
  return typeof kept === 'object' && kept !== null ? (kept as Kept) : {};
};

/** What a page or the workspace's memory says an input is filled with; null for anything else. */
function fillingOf(value: unknown): Filling | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, value: number, seed } = value as Readonly<Record<string, unknown>>;
  if (kind === 'zeros') return { kind };
  if (kind === 'constant' && typeof number === 'number' && Number.isFinite(number)) return { kind, value: number };
  return kind === 'noise' && Number.isSafeInteger(seed) ? { kind, seed: seed as number } : null;
}

function fillingsOf(value: unknown): Readonly<Record<string, Filling>> {
  if (typeof value !== 'object' || value === null) return {};
  const found = Object.entries(value).flatMap(([name, one]) => {
    const filling = fillingOf(one);
    return filling ? [[name, filling] as const] : [];
  });
  return Object.fromEntries(found.slice(0, MOST_INPUTS));
}

const providerOf = (value: unknown): RunSettings['provider'] =>
  value === 'wasm' || value === 'webgpu' ? value : 'auto';

/** How a model was last run here, as far as that fits the model as it is now. */
export function savedSettings(
  { uri, services }: LiveModel,
  inputs: readonly RunInput[],
  guessed: Preparation | null,
): RunSettings | null {
  const kept = keptOf(services.memory)[uri.toString()];
  if (typeof kept !== 'object' || kept === null) return null;
  const { preparation, provider, fillings } = kept as Kept;
  const names = new Set(inputs.map(({ name }) => name));
  return {
    preparation: guessed && keptPreparation(preparation, guessed),
    provider: providerOf(provider),
    fillings: Object.fromEntries(Object.entries(fillingsOf(fillings)).filter(([name]) => names.has(name))),
  };
}

/** Keeps what the page says under the model's address; numbers and names only. */
export async function keepSettings({ uri, services }: LiveModel, settings: unknown): Promise<void> {
  const { preparation, provider, fillings } = record(settings, 'settings');
  const own = { preparation: plain(preparation), provider: providerOf(provider), fillings: fillingsOf(fillings) };
  const others = Object.entries(keptOf(services.memory)).filter(([key]) => key !== uri.toString());
  const entries = [...others.slice(1 - MOST_MODELS), [uri.toString(), own]];
  await services.memory.update(KEY, Object.fromEntries(entries) as Kept);
}

/** Checked when it is read again, against the model: here it only has to be small. */
function plain(preparation: unknown): unknown {
  return preparation !== null && JSON.stringify(preparation).length < 10_000 ? preparation : null;
}
