import type { Facts } from '../analysis/facts';
import { t } from '../l10n/l10n';
import { flatTable, layerRows } from './layerTable';
import { grouped, markdownText, toMarkdown } from './table';
import type { Scene } from './types';

/** What a person pastes into an issue or a README: totals, then a row for each operator that is drawn. */
export function markdownSummary(facts: Facts, scene: Scene): string {
  const { header } = scene;
  const entries = [
    [t('Format'), [header.format, header.opset, header.producer].filter(Boolean).join(' · ')],
    [t('Input'), header.input],
    [t('Operators'), grouped(header.operators)],
    [t('Parameters'), grouped(header.parameters)],
    ['MACs', header.macs === null ? t('unknown') : grouped(header.macs)],
  ].filter(([, value]) => value !== '');
  const problems = scene.problems.filter(({ severity }) => severity !== 'info');
  return [
    `# ${markdownText(scene.title)}\n\n`,
    ...entries.map(([label, value]) => `- ${label}: ${markdownText(value ?? '')}\n`),
    '\n',
    toMarkdown(flatTable(layerRows(facts, scene))),
    ...(problems.length ? [`\n## ${t('Problems')}\n\n`] : []),
    ...problems.map(({ severity, message }) => `- ${severity}: ${markdownText(message)}\n`),
  ].join('');
}
