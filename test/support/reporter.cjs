// mocha's own reporter for the eye, plus the counts in a file for scripts/test.mjs.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const { Dot, Spec } = Mocha.reporters;
// thousands of unit tests want a dot each, a few dozen slow ones want a line
const Base = process.env.CONVLENS_REPORT === 'dot' ? Dot : Spec;

module.exports = class Reporter extends Base {
  constructor(runner, options) {
    super(runner, options);
    const retried = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      retried.push(test.fullTitle());
      console.log(`    once more: ${test.title}\n      ${error?.stack ?? error}`);
    });
    const file = process.env.CONVLENS_COUNTS;
    if (!file) return;
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, retried }));
    });
  }
};
