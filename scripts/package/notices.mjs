// Writes THIRD-PARTY-NOTICES.txt: the licence of every package whose code really ended up in dist/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../lib/paths.mjs';

// Some packages name their licence but do not carry its text.
const HOLDERS = {
  'onnxruntime-web': 'Microsoft Corporation',
  'onnxruntime-common': 'Microsoft Corporation',
  '@microsoft/fast-element': 'Microsoft Corporation',
  '@microsoft/fast-foundation': 'Microsoft Corporation',
  '@microsoft/fast-web-utilities': 'Microsoft Corporation',
  '@microsoft/fast-react-wrapper': 'Microsoft Corporation',
};
const REMARKS = {
  'onnxruntime-web':
    'The two .wasm files are builds of ONNX Runtime (https://github.com/microsoft/onnxruntime), which itself contains\n' +
    'other open source; its ThirdPartyNotices.txt at the tag of this version lists it.',
  elkjs: 'Used under the Eclipse Public License 2.0. Source: https://github.com/kieler/elkjs',
  '@vscode/codicons': 'The icons are licensed under CC-BY-4.0, copyright Microsoft Corporation; they are unchanged.',
  '@bufbuild/protobuf': 'Apache-2.0 as a whole; parts of the wire code are BSD-3-Clause, both texts follow.',
};
/** Packages that reach dist/ as files, which the bundler knows nothing of. */
const COPIED = ['onnxruntime-web', '@vscode/codicons'];

const template = (name) => readFileSync(inRoot('scripts/package/texts', `${name}.txt`), 'utf8').trim();

/** `node_modules/a/node_modules/@b/c/x.js` -> `node_modules/a/node_modules/@b/c` */
function packageFolder(file) {
  const at = file.lastIndexOf('node_modules/');
  if (at < 0) return undefined;
  const parts = file.slice(at).split('/');
  return file.slice(0, at) + parts.slice(0, parts[1].startsWith('@') ? 3 : 2).join('/');
}

function bundledPackages(metafiles) {
  const folders = new Set(COPIED.map((name) => `node_modules/${name}`));
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        // what tree shaking removed altogether is not shipped
        const folder = bytesInOutput > 0 ? packageFolder(file.replace(/^.*?:(?=node_modules)/, '')) : undefined;
        if (folder) folders.add(folder);
      }
    }
  }
  return [...folders].sort();
}

function textOf(folder, { name, license }) {
  const own = readdirSync(inRoot(folder)).filter((file) => /^(licen[cs]e|notices?|copying)/i.test(file));
  if (own.length > 0) return own.map((file) => readFileSync(inRoot(folder, file), 'utf8').trim()).join('\n\n');
  const texts = (license.match(/[\w.-]+/g) ?? [])
    .filter((id) => id !== 'AND' && existsSync(inRoot('scripts/package/texts', `${id}.txt`)))
    .map(template);
  const needsHolder = texts.some((text) => text.includes('{holder}'));
  if (texts.length === 0 || (needsHolder && !HOLDERS[name])) {
    throw new Error(`${name} (${license}) carries no licence text: add it to scripts/package`);
  }
  return texts.join('\n\n').replaceAll('{holder}', HOLDERS[name]);
}

export async function writeNotices(metafiles) {
  const packages = bundledPackages(metafiles).map((folder) => {
    const manifest = JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8'));
    return { ...manifest, folder, text: textOf(folder, manifest) };
  });
  const line = '-'.repeat(80);
  const head = ['ConvLens contains the following third-party software.', ''];
  const index = packages.map(({ name, version, license }) => `- ${name} ${version} (${license})`);
  const bodies = packages.map(({ name, version, license, text }) =>
    ['', line, `${name} ${version} (${license})`, REMARKS[name] ?? '', line, '', text]
      .join('\n')
      .replace(/\n\n-/, '\n-'),
  );
  await writeFile(inRoot('THIRD-PARTY-NOTICES.txt'), [...head, ...index, ...bodies, ''].join('\n'));
  return packages.map(({ name }) => path.posix.normalize(name));
}
