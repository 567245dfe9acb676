/** Why a run failed, said so that one can do something about it. */
export interface Failure {
  readonly what: string;
  readonly hint: string;
}

const STILL = 'Graph, sizes, receptive fields and costs work as before.';

/** Reads what the runtime or the browser threw while running on this provider. */
export function explain(error: unknown, provider: 'wasm' | 'webgpu' = 'wasm'): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (
    /bad_alloc|out of memory|OOM|Array buffer allocation failed|Invalid (typed )?array length|memory access out of bounds|could not allocate|failed to allocate|Cannot enlarge memory/i.test(
      message,
    )
  )
    return {
      what: 'The model needs more memory than WebAssembly has (4 GB).',
      hint: `A smaller input size may fit. ${STILL}`,
    };
  const unknownOperator =
    /(?:is not a registered function\/op|No Op registered for|Could not find an implementation for|Failed to find kernel for)\s*\(?([\w.]*)/i.exec(
      message,
    );
  if (unknownOperator) {
    const name = operatorIn(message) ?? unknownOperator[1];
    return {
      what: `The runtime has no implementation of ${name ? `the operator ${name}` : 'an operator'} of this model.`,
      hint: `The model can’t run here. ${STILL}`,
    };
  }
  if (/external data|Failed to load external|initializer.*not found|Module.MountedFiles/i.test(message))
    return {
      what: 'Weights of the model lie in another file that could not be read.',
      hint: `Put it beside the model. ${STILL}`,
    };
  if (/Got invalid dimensions|Unexpected input data type|Invalid rank|INVALID_ARGUMENT/i.test(message))
    return {
      what: 'The model does not take an input of this size.',
      hint: `${short(message)}. Another input size may fit.`,
    };
  const kernel = failedKernel(message);
  if (kernel) {
    const where = provider === 'webgpu' ? 'On WebGPU the layer' : 'The layer';
    const other = provider === 'webgpu' ? 'WASM may: choose it under Provider.' : STILL;
    return { what: `${where} ${kernel.name} (${kernel.op}) can’t be computed.`, hint: `${kernel.why}. ${other}` };
  }
  if (/\b40[34]\b|Failed to fetch|NetworkError/i.test(message))
    return { what: 'The model file could not be read.', hint: short(message) };
  return { what: 'The run failed.', hint: `${short(message)}. ${STILL}` };
}

const operatorIn = (message: string): string | undefined =>
  /(?:for|find kernel for)\s+(?:[\w.]+[.:])?([A-Z]\w+)\(\d+\)/.exec(message)?.[1] ??
  /No Op registered for (\w+)/.exec(message)?.[1];

/** The runtime names the layer it stopped at, with a suffix of its own behind the name. */
function failedKernel(message: string): { readonly op: string; readonly name: string; readonly why: string } | null {
  // Of a layer inside of a branch the branch is named first: the last one is where it happened.
  const last = message.lastIndexOf('while running ');
  const found = /while running (\w+) node\. Name:'(.*?)(?:_token_\d+)?' Status Message: (.*)/s.exec(
    message.slice(last),
  );
  if (last < 0 || !found) return null;
  const [, op, name, status] = found as unknown as [string, string, string, string];
  const why = short(status.replace(/^\S+\.(?:cc|h):\d+\s+(?:\w+\s+)?/, ''));
  return { op, name: name === '' ? 'without a name' : name, why };
}

/** The part of a runtime's message that is meant for people. */
function short(message: string): string {
  const line =
    message
      .replace(/^.*?ERROR_MESSAGE:\s*/s, '')
      .replace(/\S+\/\S+\.(?:cc|h):\d+\s*(?:[\w:<>*& ]*::\S*\([^)]*\)\s*)?/g, '')
      .split('\n')[0] ?? '';
  return (line.length > 240 ? `${line.slice(0, 240)}…` : line).replace(/[.\s]+$/, '');
}
