// What the measurement of definitions calls, bundled as it is shipped.
export { completionsIn } from '../../src/core/language/completion';
export { hover } from '../../src/core/language/hover';
export { inlays } from '../../src/core/language/inlays';
export { Lines } from '../../src/core/language/lines';
export { LiveText } from '../../src/core/language/liveText';
export { inTurns } from '../../src/core/steps';
export { buildingScene } from '../../src/core/view/scene';
export { longDefinition } from '../../test/support/longDefinition';
export { parseDocument } from 'yaml';
