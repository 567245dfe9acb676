import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Model } from '../ir/types';
import { atOnce, type Steps } from '../steps';
import type { AnalysisOptions, Facts } from './facts';
import { chooseImageInput } from './imageInput';
import type { Inferred } from './inferred';
import { NodeReport } from './nodeFacts';
import { overrides } from './overrides';
import * as problems from './problems';
import { receptiveFields } from './receptiveField';
import { Inference } from './shapes';
import { totalsOf } from './totals';

export type { AnalysisOptions, Facts, ReceptiveField, Totals } from './facts';

/** Everything that follows from a model without running it. Pure: the same model and options give the same facts. */
export const analyze = (model: Model, options: AnalysisOptions = {}): Facts => atOnce(analysing(model, options));

/** The same in steps of an operator each. */
export function* analysing(model: Model, options: AnalysisOptions = {}): Steps<Facts> {
  const diagnostics = new Map<string, Diagnostic>();
  const report = (d: Diagnostic): void => {
    diagnostics.set(`${d.code}|${d.node ?? ''}|${d.message}`, d);
  };
  const { graph } = model;
  const found = yield* infer(model, options, report);
  const nodeReport = new NodeReport(found, report);
  yield* nodeReport.collect();
  const nodes = yield* nodeReport.nodes();
  const bodies = nodeReport.bodies();
  const { types, constant } = found;
  const imageInput = chooseImageInput(graph, types, options.imageInput);
  const fields = yield* receptiveFields({ graph, nodes, types, constant, bodies }, imageInput, report);
  const totals = yield* totalsOf(found, nodes, nodeReport.ledger, nodeReport.inside);
  yield;
  return {
    model,
    graph,
    types,
    contents: found.contents,
    constant,
    fields,
    imageInput,
    nodes,
    bodies,
    totals,
    diagnostics: yield* soften([...diagnostics.values()], model, options),
  };
}

function infer(model: Model, options: AnalysisOptions, report: (d: Diagnostic) => void): Steps<Inferred> {
  const { given, bindings } = overrides(model, options, report);
  return new Inference({ model, bindings, report, signal: options.signal }).main(given);
}

/** An error that only the user's own input size brings about is none of the file's: a warning. */
function* soften(found: readonly Diagnostic[], model: Model, options: AnalysisOptions): Steps<readonly Diagnostic[]> {
  if (!options.inputShapes?.size || !found.some((d) => d.severity === 'error')) return found;
  const own = new Set<string>();
  yield* infer(model, { ...options, inputShapes: new Map() }, (d) => own.add(`${d.code}|${d.node ?? ''}`));
  return found.map((d) =>
    d.severity !== 'error' || own.has(`${d.code}|${d.node ?? ''}`) ? d : problems.doesNotFit(d, d.message),
  );
}
