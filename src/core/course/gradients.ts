/** How far a gradient has come: the shortest way, in layers, from the nearest output back to each layer. */
import { waysBack, withoutSkips } from '../analysis/gradientPath';
import { t } from '../l10n/l10n';
import { factRow } from '../view/rows';
import { layers, type Content, type CourseNet } from './net';
import type { CourseBar, CourseBlock, CourseStep } from './types';

type Ways = readonly (number | null)[];

/** Both counts side by side, one row a layer, the first layer of the net first. */
function waysBlocks(
  net: CourseNet,
  [short, shortName]: readonly [Ways, string],
  [long, longName]: readonly [Ways, string],
): CourseBlock[] {
  const all = layers(net);
  const bars = all.map(({ id, name }): CourseBar => {
    const values = [short[id] ?? null, long[id] ?? null];
    return { label: name, values, texts: values.map((way) => (way === null ? '–' : String(way))), node: id };
  });
  const farthest = (ways: Ways): number => all.reduce((most, { id }) => Math.max(most, ways[id] ?? 0), 0);
  const rows = [
    factRow('short', shortName, t('{0} layers at most', farthest(short))),
    factRow('long', longName, t('{0} layers at most', farthest(long))),
  ];
  return [
    { kind: 'facts', title: t('The longest of the shortest ways'), rows },
    { kind: 'bars', title: t('Layers from the nearest output'), series: [shortName, longName], bars, log: false },
  ];
}

export function auxiliary(net: CourseNet): Content {
  const { facts, drawing } = net;
  const main = facts.graph.outputs.filter((_, at) => !drawing.flow.auxiliary[at]);
  const heads = facts.graph.outputs.length - main.length;
  const blocks = waysBlocks(
    net,
    [waysBack(facts), t('with auxiliary outputs')],
    [waysBack(facts, { outputs: main }), t('without them')],
  );
  const concat = facts.graph.nodes.find(({ op }) => op === 'Concat');
  const steps: CourseStep[] = [
    ...(concat
      ? [{ text: t('Select {0}', concat.name), action: { do: 'select', node: concat.id } } as CourseStep]
      : []),
    { text: t('Open GoogLeNet, with two auxiliary outputs'), action: { do: 'sample', path: 'zoo/googlenet.cnn.yaml' } },
  ];
  return {
    blocks: heads ? blocks : [{ kind: 'note', text: t('This net has no auxiliary output now.') }, ...blocks],
    steps,
  };
}

export function skips(net: CourseNet): Content {
  const { facts } = net;
  const sum = facts.graph.nodes.find(({ op }) => op === 'Add');
  return {
    blocks: waysBlocks(
      net,
      [waysBack(facts), t('with skips')],
      [waysBack(facts, { closed: withoutSkips(facts) }), t('without them')],
    ),
    steps: [
      ...(sum ? [{ text: t('Select {0}', sum.name), action: { do: 'select', node: sum.id } } as CourseStep] : []),
      { text: t('Open ResNet-50, which is deeper'), action: { do: 'sample', path: 'zoo/resnet50.cnn.yaml' } },
    ],
  };
}
