import assert from 'node:assert/strict';
import type { Session } from './session';

/** No console error, no exception, nothing refused by the content security policy since the last time. */
export function expectQuiet(session: Session): void {
  const problems = session.problems.take().map(({ kind, text, url }) => `${kind}: ${text} (${url})`);
  assert.deepEqual(problems, []);
}

/** Every value of a map against its reference, within what two builds of the same runtime may differ. */
export function expectClose(actual: readonly number[], expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length, 'number of values');
  const worst = actual.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
  assert.ok(worst <= tolerance, `values differ by up to ${String(worst)}, more than ${String(tolerance)}`);
}
