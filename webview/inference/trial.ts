import { t } from '../../src/core/l10n/l10n';
import type { Assets, HostApi, RunSource } from '../../src/protocol/host';
import type { FeedRequest, RunReply } from './messages';
import { disagreement, trialLine } from './provider';
import { openSession, type ModelSession } from './session';

/** Outputs of another provider may differ by rounding, more so where it computes in half precision. */
const TOLERANCE = 0.02;

interface Trial {
  readonly host: HostApi;
  readonly assets: Assets;
  readonly source: RunSource;
  readonly request: FeedRequest;
  /** What WASM computed, and how long it took. */
  readonly reference: RunReply;
  readonly ms: number;
}

interface Verdict {
  /** Loaded and fed, when it is to be taken. */
  readonly session: ModelSession | null;
  readonly ms: number;
  readonly why: string;
}

/** Runs the same model on WebGPU: taken when it is clearly faster and says the same. */
export async function tryWebgpu(trial: Trial): Promise<Verdict> {
  const { host, assets, source, request, reference } = trial;
  let session: ModelSession | null = null;
  const refuse = (why: string): Verdict => {
    session?.stop();
    return { session: null, ms: trial.ms, why };
  };
  try {
    session = await openSession('webgpu', host, assets);
    await session.feed(request);
    await session.load(source, () => undefined);
    await session.run(source.outputs);
    const reply = await session.run(source.outputs);
    for (const tensor of reply.tensors) {
      const same = reference.tensors.find(({ name }) => name === tensor.name);
      const difference = same ? disagreement(same.data, tensor.data) : 0;
      if (difference === null || difference > TOLERANCE)
        return refuse(t('Not chosen in a trial: its results differ from those of WASM.'));
    }
    const { take, why } = trialLine(reply.ms, trial.ms);
    return take ? { session, ms: reply.ms, why } : refuse(why);
  } catch (error) {
    return refuse(t('Not chosen in a trial: {0}.', error instanceof Error ? error.message : String(error)));
  }
}
