/** What can wait until a result stands there: the time when warm, a trial of WebGPU, the maps of all other layers. */
import type { RunSource } from '../../src/protocol/host';
import type { RunState } from '../state/app';
import type { PageContext } from '../state/context';
import type { ProviderChoice } from '../state/runner';
import type { FeedRequest, RunReply, WireTensor } from './messages';
import type { ModelSession } from './session';
import type { Sessions } from './sessions';
import { tryWebgpu } from './trial';

/** Below this all maps of the model are fetched in the background after a run, so that walking the layers does not wait. */
const EAGER_BYTES = 64e6;
/** A second run, for the time without warming up, is only worth it when it is short. */
const WARM_RUN_MS = 1500;
/** Nets faster than this gain nothing by a trial of another provider that takes seconds itself. */
const TRIAL_FROM_MS = 50;

interface FollowUp {
  readonly context: PageContext;
  readonly sessions: Sessions;
  readonly running: ModelSession;
  readonly source: RunSource;
  readonly request: FeedRequest;
  readonly reply: RunReply;
  readonly choice: ProviderChoice;
  /** Names of tensors that can be had and are not at hand. */
  readonly missing: () => readonly string[];
  readonly keep: (tensors: readonly WireTensor[]) => void;
  readonly tell: (run: Partial<RunState>) => void;
  readonly stale: () => boolean;
}

async function tryOther({ context, sessions, running, source, request, reply, tell, stale }: FollowUp, ms: number) {
  const { host, assets, store } = context;
  const verdict = await sessions.adapter();
  if (running.provider !== 'wasm' || !verdict.real || ms <= TRIAL_FROM_MS) return;
  const trial = { host, assets, source, request, reference: reply, ms };
  const result = await sessions.inTurn(() => tryWebgpu(trial));
  if (stale()) result.session?.stop();
  else if (result.session) {
    sessions.replace(result.session);
    tell({ provider: 'WebGPU', providerWhy: `${verdict.why} ${result.why}`, ms: result.ms });
  } else tell({ providerWhy: `${store.get().run.providerWhy} ${result.why}` });
}

export async function followUp(job: FollowUp): Promise<void> {
  const { context, sessions, running, source, reply, choice, tell, stale } = job;
  const small = reply.ms < WARM_RUN_MS;
  let { ms } = reply;
  const outputs = source.outputs.filter((name) => reply.tensors.some((tensor) => tensor.name === name));
  // Step by step in turn: whoever wants to look at a map meanwhile comes first.
  if (small && outputs.length > 0) {
    const warm = await sessions.inTurn(async () => (stale() ? null : running.run(outputs)));
    ms = warm?.ms ?? ms;
  }
  if (stale()) return;
  tell({ ms });
  if (choice === 'auto') await tryOther(job, ms);
  const nodes = context.store.get().scene?.nodes;
  const total = nodes?.reduce((sum, node) => sum + (node.activationBytes ?? 0), 0) ?? Infinity;
  if (stale() || !small || !sessions.current || total > EAGER_BYTES) return;
  await sessions.inTurn(async () => {
    const rest = stale() ? [] : job.missing();
    const { current } = sessions;
    if (rest.length > 0 && current?.started) job.keep((await current.run(rest)).tensors);
  });
}
