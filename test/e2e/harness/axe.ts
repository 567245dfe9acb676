import { readFile } from 'node:fs/promises';
import type { Frame } from 'playwright-core';

const source = readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds in the page, one line for each element: nothing is what one wants. */
export async function axeFindings(frame: Frame): Promise<string[]> {
  // By the debugger: the page's own policy would not let a script in.
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(await source);
  const violations = await frame.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: readonly Violation[] }> };
    };
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations;
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => {
      const why = (failureSummary ?? '').split('\n').slice(1).join(' ').replace(/\s+/g, ' ').trim();
      return `${id} (${help}): ${html.slice(0, 200)} ${why.slice(0, 250)}`;
    }),
  );
}
