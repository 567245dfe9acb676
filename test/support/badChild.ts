/** A process that tells what the program takes for each file of a folder: time of the processor, and how far memory grows at most. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from './cli';

export interface Spent {
  readonly name: string;
  /** Of the processor. */
  readonly seconds: number;
  /** By which this file raised the most memory the process ever held. */
  readonly megabytes: number;
}

const peak = (): number => process.resourceUsage().maxRSS / 1024;
const busy = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function spend(folder: string): Promise<readonly Spent[]> {
  const files = readdirSync(folder).filter((entry) => entry.endsWith('.onnx'));
  // The first analysis brings all of the program into memory.
  await cli(['analyze', join(folder, 'names_html.onnx')]);
  const spent: Spent[] = [];
  // The large one last: behind its peak no other could be seen.
  for (const name of files.sort((a, b) => Number(a === 'chain_100k.onnx') - Number(b === 'chain_100k.onnx'))) {
    const before = { peak: peak(), busy: busy() };
    await cli(['analyze', join(folder, name), '--json']);
    spent.push({ name, seconds: busy() - before.busy, megabytes: peak() - before.peak });
  }
  return spent;
}

void spend(process.argv[2]!).then((spent) => process.stdout.write(JSON.stringify(spent)));
