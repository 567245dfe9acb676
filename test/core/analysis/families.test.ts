import { checkFields, checkTypes } from '../../support/everyTensor';
import { families } from '../../support/families';

describe('Families of nets, run by onnxruntime', () => {
  for (const [name, { spec, sizes, typesOnly, ...options }] of Object.entries(families)) {
    it(`${name}: sizes and element types of every tensor`, async () => {
      await checkTypes(spec, sizes, options.unknown);
    });
    if (typesOnly) continue;
    it(`${name}: the pixels that change each unit`, async () => {
      await checkFields(spec, sizes, { image: 'x', ...options });
    }).timeout(60_000);
  }
});
