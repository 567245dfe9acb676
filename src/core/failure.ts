import { t } from './l10n/l10n';

/** Why a run failed, said so that one can do something about it. */
export interface Failure {
  readonly what: string;
  readonly hint: string;
}

const still = (): string => t('Graph, sizes, receptive fields and costs work as before.');

/** Reads what the runtime or the browser threw while running on this provider. */
export function explain(error: unknown, provider: 'wasm' | 'webgpu' = 'wasm'): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (
    /bad_alloc|out of memory|OOM|Array buffer allocation failed|Invalid (typed )?array length|memory access out of bounds|could not allocate|failed to allocate|Cannot enlarge memory|Tensor shape is too large|SafeIntOnOverflow/i.test(
      message,
    )
  )
    return {
      what: t('The model needs more memory than WebAssembly has (4 GB).'),
      hint: `${t('A smaller input size may fit.')} ${still()}`,
    };
  const unknownOperator =
    /(?:is not a registered function\/op|No Op registered for|Could not find an implementation for|Failed to find kernel for)\s*\(?([\w.]*)/i.exec(
      message,
    );
  if (unknownOperator) {
    const name = operatorIn(message) ?? unknownOperator[1];
    return {
      what: name
        ? t('The runtime has no implementation of the operator {0} of this model.', name)
        : t('The runtime has no implementation of an operator of this model.'),
      hint: `${t('The model can’t run here.')} ${still()}`,
    };
  }
  if (/external data|Failed to load external|initializer.*not found|Module.MountedFiles/i.test(message))
    return {
      what: t('Weights of the model lie in another file that could not be read.'),
      hint: `${t('Put it beside the model.')} ${still()}`,
    };
  if (/Got invalid dimensions|Unexpected input data type|Invalid rank|INVALID_ARGUMENT/i.test(message))
    return {
      what: t('The model does not take an input of this size.'),
      hint: t('{0}. Another input size may fit.', short(message)),
    };
  const kernel = failedKernel(message);
  if (kernel) {
    const { name, op } = kernel;
    if (provider === 'webgpu')
      return {
        what: t('On WebGPU the layer {0} ({1}) can’t be computed.', name, op),
        hint: `${kernel.why}. ${t('WASM may: choose it under Provider.')}`,
      };
    return { what: t('The layer {0} ({1}) can’t be computed.', name, op), hint: `${kernel.why}. ${still()}` };
  }
  if (/\b40[34]\b|Failed to fetch|NetworkError/i.test(message))
    return { what: t('The model file could not be read.'), hint: short(message) };
  return { what: t('The run failed.'), hint: `${short(message)}. ${still()}` };
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
  return { op, name: name === '' ? t('without a name') : name, why };
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
