// `npm run package`: the production build and the notices, packed into artifacts/convlens-VERSION.vsix.
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from './build.mjs';
import { artifactsDir, isMain, readJson, root } from './lib/paths.mjs';
import { writeNotices } from './package/notices.mjs';

export function vsixPath() {
  const { name, version } = readJson('package.json');
  return path.join(artifactsDir, `${name}-${version}.vsix`);
}

export async function createPackage() {
  await writeNotices(await build({ minify: true }));
  const target = vsixPath();
  await mkdir(artifactsDir, { recursive: true });
  await rm(target, { force: true });
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({
    cwd: root,
    packagePath: target,
    // everything that runs is bundled
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return target;
}

if (isMain(import.meta.url)) {
  const file = await createPackage();
  const { size } = await stat(file);
  console.log(`${path.relative(root, file)}: ${(size / 1e6).toFixed(2)} MB`);
}
