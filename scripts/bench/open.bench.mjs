// How much of a big file has to be read, and how long it takes, before everything about it but its weights is known.
import { existsSync, statSync } from 'node:fs';
import { inRoot } from '../lib/paths.mjs';
import { bigModel } from './big-model.mjs';
import { alternate, runNode } from './measure.mjs';

const READ_WHOLE = 'require("node:fs").readFileSync(process.argv[1])';

function measure(model) {
  const program = inRoot('dist/convlens.js');
  const file = bigModel(model);
  if (!file) return { skipped: 'the corpus is absent' };
  if (!existsSync(program)) return { skipped: 'dist/convlens.js is not built' };
  const { size } = statSync(file);
  const analyze = [program, 'analyze', file, '--json'];
  const [ours, whole] = alternate(5, analyze, ['-e', READ_WHOLE, file]);
  // What node and the program themselves read at their start is none of the model's.
  const start = runNode([program, '--help']).bytes;
  return { size, ours, whole, read: ours.bytes === undefined ? undefined : Math.max(ours.bytes - start, 0) };
}

export function entries() {
  return ['resnet152'].flatMap((model) => {
    const time = { name: `analyze ${model}`, unit: 'ms', reference: 'readFileSync of the file', better: 'higher' };
    const bytes = {
      name: `bytes read of ${model}`,
      unit: 'byte',
      reference: 'size of the file',
      better: 'higher',
      target: 100,
    };
    const { skipped, size, ours, whole, read } = measure(model);
    if (skipped) return [time, bytes].map((entry) => ({ ...entry, skipped: true, why: skipped }));
    return [
      { ...time, value: ours.ms, ratio: whole.ms / ours.ms },
      read === undefined
        ? { ...bytes, skipped: true, why: 'this system does not tell' }
        : { ...bytes, value: read, ratio: size / Math.max(read, 1) },
    ];
  });
}
