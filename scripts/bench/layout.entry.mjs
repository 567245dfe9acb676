// What the measurements of the layout's quality call.
export { analyze } from '../../src/core/analysis';
export { memorySource } from '../../src/core/bytes/source';
export { openModel } from '../../src/core/formats';
export { buildScene, draw } from '../../src/core/view/scene';
export { elkDrawing, ownDrawing } from '../../test/support/drawings';
export { qualityOf } from '../../test/support/layoutQuality';
