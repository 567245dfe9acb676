import { analyze } from '../../src/core/analysis';
import { onnx } from '../../src/core/formats/onnx';
import type { Model } from '../../src/core/ir/types';
import { buildScene, draw } from '../../src/core/view/scene';
import type { Scene } from '../../src/core/view/types';
import { modelFile } from './modelFile';

export async function readModel(file: string): Promise<Model> {
  const { model } = await onnx.parse(modelFile(file));
  if (!model) throw new Error(`${file} is no model`);
  return model;
}

/** The same net from an exporter that names nothing. */
export function nameless(model: Model): Model {
  const { graph } = model;
  const values = graph.values.map((v, i) => ({ ...v, name: `t${i}` }));
  const nodes = graph.nodes.map((n) => ({ ...n, name: '', doc: '', metadata: new Map<string, string>() }));
  const valueByName = new Map(values.map((v) => [v.name, v.id]));
  return { ...model, graph: { ...graph, values, nodes, valueByName } };
}

export const sceneOf = (model: Model): Scene => buildScene(draw(analyze(model)), 'model.onnx');
