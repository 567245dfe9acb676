// What the measurements call, bundled as it is shipped.
export { analyze } from '../../src/core/analysis';
export { coverage } from '../../src/core/analysis/coverage';
export { unitField } from '../../src/core/analysis/exactField';
export { fieldPlan } from '../../src/core/analysis/fieldPlan';
export { memorySource } from '../../src/core/bytes/source';
export { openModel } from '../../src/core/formats';
