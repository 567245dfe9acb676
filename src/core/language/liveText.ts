import { inTurns, type Clock } from '../steps';
import { Session, type Snapshot } from './snapshot';
import { Shift } from './shift';

/** What there is to answer from while a text is typed: a state of it, and the way from there to the text as it stands. */
export interface Near {
  readonly snapshot: Snapshot;
  readonly shift: Shift;
  /** The state is that of the text as it stands. */
  readonly exact: boolean;
}

/** Whoever asks at a key waits this long for a text that is read fast; the answer for a long one comes from the state before. */
const SHORT_WAIT_MS = 25;

interface Reading {
  readonly source: string;
  readonly stop: Stop;
  readonly done: Promise<Snapshot | null>;
}

/** What the core needs of an AbortController. */
export interface Stop {
  readonly signal: AbortSignal;
  abort(): void;
}

/**
 * A text while it is typed. Each state is read and analysed in turns of a few milliseconds, so that nobody waits for the whole; a new
 * state ends the reading of the one before. 5,000 lines take a second or more: meanwhile answers come from the last state read.
 */
export class LiveText {
  private readonly session: Session;
  private finished: Snapshot | null = null;
  private reading: Reading | null = null;
  private tookMs = 0;

  constructor(
    name: string,
    private readonly clock: Clock,
    private readonly makeStop: () => Stop,
  ) {
    this.session = new Session(name);
  }

  /** What the last state took to be read and analysed. */
  get lastMs(): number {
    return this.tookMs;
  }

  /** The state of this text with its analysis; null where a newer one was asked for before it was done. */
  async current(source: string): Promise<Snapshot | null> {
    if (this.finished?.source === source) {
      // Undone: what was typed in between would otherwise be the last state read.
      this.close();
      return this.finished;
    }
    if (this.reading?.source !== source) this.reading = this.begin(source);
    return this.reading.done;
  }

  /** The same where it takes no time to speak of, else the last state that was read; null as above. */
  async near(source: string): Promise<Near | null> {
    const asked = this.current(source);
    const last = this.finished;
    const wait = last && this.tookMs > 3 * SHORT_WAIT_MS ? 0 : SHORT_WAIT_MS;
    const found = last && last.source !== source ? await Promise.race([asked, this.clock.pause(wait)]) : await asked;
    const snapshot = found ?? this.finished;
    if (!snapshot) return null;
    return { snapshot, shift: new Shift(snapshot.source, source), exact: snapshot.source === source };
  }

  close(): void {
    this.reading?.stop.abort();
    this.reading = null;
  }

  private begin(source: string): Reading {
    this.reading?.stop.abort();
    const stop = this.makeStop();
    const work = async (): Promise<Snapshot | null> => {
      const start = this.clock.now();
      const snapshot = await inTurns(this.steps(source), this.clock, stop.signal);
      if (!snapshot) return null;
      this.finished = snapshot;
      this.tookMs = this.clock.now() - start;
      if (this.reading?.source === source) this.reading = null;
      return snapshot;
    };
    return { source, stop, done: work() };
  }

  private *steps(source: string) {
    const snapshot = yield* this.session.reading(source);
    yield* snapshot.analysing();
    return snapshot;
  }
}
