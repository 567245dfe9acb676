/** What all suites together came to. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  #failures = [];
  #retried = [];

  /** One check, one test: it fails by throwing. */
  async check(name, action) {
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    try {
      await action();
      this.passed++;
      console.log(`  ok    ${name} (${seconds()})`);
      return true;
    } catch (error) {
      this.fail(name, error instanceof Error ? error.message : String(error));
      console.log(`  FAIL  ${name} (${seconds()})`);
      return false;
    }
  }

  fail(name, message) {
    this.failed++;
    this.#failures.push(name);
    if (message) console.log(message.trimEnd());
  }

  /** `retried`: titles of the tests that were tried a second time. */
  add({ passed, failed, skipped, retried }, name) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
    if (failed > 0) this.#failures.push(name);
    this.#retried.push(...retried.map((title) => `${name}: ${title}`));
  }

  /** The closing line is the last one and stands alone: machines read it. */
  close() {
    if (this.#retried.length > 0) console.log(`\ntried twice:\n  ${this.#retried.join('\n  ')}`);
    if (this.#failures.length > 0) console.log(`\nfailed: ${this.#failures.join(', ')}`);
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    console.log(`\n${this.passed} passed, ${this.failed} failed${skipped}`);
    return this.failed === 0;
  }
}
