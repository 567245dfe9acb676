// Looks into a finished .vsix: what is in it, what must be, and how big it is.
import { readFile } from 'node:fs/promises';
import { readJson } from '../lib/paths.mjs';

const LIMIT_BYTES = 15e6;

const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD-PARTY-NOTICES\.txt)$/i,
  /^extension\/dist\/([\w-]+\/)?[\w.-]+\.(js|css|wasm|ttf)$/,
  /^extension\/(media|samples|language|schemas|l10n)\/.+/,
];
const REQUIRED = [
  'extension/package.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/THIRD-PARTY-NOTICES.txt',
  'extension/schemas/analysis.schema.json',
  'extension/schemas/diff.schema.json',
  ...['extension.js', 'web/extension.js', 'convlens.js'].map((file) => `extension/dist/${file}`),
  ...['main.js', 'main.css', 'compare.js', 'compare.css', 'layout.js', 'inference-wasm.js', 'inference-webgpu.js'].map(
    (file) => `extension/dist/webview/${file}`,
  ),
  ...['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.jspi.wasm', 'codicon.css', 'codicon.ttf'].map(
    (file) => `extension/dist/webview/${file}`,
  ),
];

/** The names in a zip's central directory; enough to know what is shipped, without a zip library. */
function zipNames(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('not a zip file');
  const names = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}

/** Throws with everything that is wrong about the package's contents. */
export async function checkContents(file) {
  const names = zipNames(await readFile(file));
  const { main, browser, contributes } = readJson('package.json');
  const pictures = contributes.walkthroughs.flatMap(({ steps }) =>
    steps.flatMap(({ media }) => Object.values(media.image)),
  );
  const entry = (name) => `extension/${name ?? '(none in package.json)'}`.replace('/./', '/');
  const wanted = [...REQUIRED, entry(main), entry(browser), ...pictures.map(entry)];
  const lower = new Set(names.map((name) => name.toLowerCase()));
  const missing = wanted.filter((name) => !lower.has(name.toLowerCase()) && !lower.has(`${name}.js`.toLowerCase()));
  const surplus = names.filter((name) => !name.endsWith('/') && !ALLOWED.some((pattern) => pattern.test(name)));
  const problems = [
    ...missing.map((name) => `missing: ${name}`),
    ...surplus.map((name) => `should not be shipped: ${name}`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

export async function checkSize(file) {
  const { length } = await readFile(file);
  const told = `${(length / 1e6).toFixed(2)} MB of ${LIMIT_BYTES / 1e6} MB`;
  if (length > LIMIT_BYTES) throw new Error(`the package is too big: ${told}`);
  console.log(told);
}
