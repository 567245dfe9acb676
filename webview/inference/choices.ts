/** What the host offers: how to run the model, and pictures to run it on. Asked for once, as it is needed. */
import type { HostApi, ImageEntry, RunSource } from '../../src/protocol/host';

export interface Source {
  readonly get: () => Promise<RunSource>;
  readonly idOf: (name: string) => number | undefined;
  readonly nameOf: (value: number) => string | undefined;
  /** The model has changed: ask again. */
  reset(): void;
}

export function createSource(host: HostApi, learned: (source: RunSource) => void): Source {
  let asked: Promise<RunSource> | null = null;
  let names = new Map<number, string>();
  let ids = new Map<string, number>();
  return {
    get() {
      if (asked) return asked;
      const own = host.runSource().then(
        (answer) => {
          // The answer to a question about the model as it was is of no use any more.
          if (asked !== own) return answer;
          names = new Map(answer.values.map(({ value, name }) => [value, name]));
          ids = new Map(answer.values.map(({ value, name }) => [name, value]));
          learned(answer);
          return answer;
        },
        (error: unknown) => {
          if (asked === own) asked = null;
          throw error;
        },
      );
      asked = own;
      return own;
    },
    idOf: (name) => ids.get(name),
    nameOf: (value) => names.get(value),
    reset() {
      asked = null;
    },
  };
}

export interface Gallery {
  /** Pictures drawn or picked here first, then those of the host. */
  readonly list: () => Promise<readonly ImageEntry[]>;
  /** Remembers a picture that is not the host's; one of the same name takes its place. */
  add(image: ImageEntry): void;
}

export function createGallery(host: HostApi): Gallery {
  let own: readonly ImageEntry[] = [];
  let offered: Promise<readonly ImageEntry[]> | null = null;
  return {
    async list() {
      offered ??= host.images();
      return [...own, ...(await offered)];
    },
    add(image) {
      if (image.group !== 'picked') return;
      const at = own.findIndex(({ name }) => name === image.name);
      own = at < 0 ? [image, ...own] : own.map((one, index) => (index === at ? image : one));
    },
  };
}
