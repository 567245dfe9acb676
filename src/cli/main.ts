import { run } from './program';
import { processTerminal } from './terminal';

const terminal = processTerminal();
// Not process.exit: what was said may still be on its way through a pipe.
void run(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
