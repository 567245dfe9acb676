import { declare } from '../diagnostics/diagnostic';

export const duplicateOutput = declare(
  'graph/duplicate-output',
  'error',
  (tensor: string) =>
    `The tensor “${tensor}” is defined more than once. The first definition counts; this one got a name of its own.`,
);

export const undefinedInput = declare(
  'graph/undefined-input',
  'error',
  (tensor: string) => `The input “${tensor}” is made by no node, and is neither an input nor a constant of the graph.`,
);

export const undefinedOutput = declare(
  'graph/undefined-output',
  'error',
  (tensor: string) => `The graph names “${tensor}” as an output, but nothing makes it.`,
);

export const cycle = declare(
  'graph/cycle',
  'error',
  (members: string, count: number) =>
    `${count === 1 ? 'This node needs its own output' : `These ${count} nodes wait for each other`}: ${members}.`,
);

export const more = declare(
  'graph/more',
  'info',
  (count: number, code: string) => `${count} more problems of the kind ${code} are not listed.`,
);
