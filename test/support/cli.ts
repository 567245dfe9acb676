import { run } from '../../src/cli/program';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The program in this process: quick, and with nothing between it and the test. */
export async function cli(
  args: readonly string[],
  options: { stdin?: readonly string[]; columns?: number; asks?: boolean } = {},
): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    out: (text) => void (out += text),
    error: (text) => void (err += text),
    columns: options.columns ?? Infinity,
    asks: options.asks ?? false,
    async *lines() {
      yield* await Promise.resolve(options.stdin ?? []);
    },
  });
  return { code, out, err };
}
