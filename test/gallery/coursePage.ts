/** A chapter's net with the course, as the host would answer for it when nothing is selected. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { analyze } from '../../src/core/analysis';
import { courseView } from '../../src/core/course';
import { samplePath, type Chapter } from '../../src/core/course/chapters';
import { readDefinition } from '../../src/core/formats/cnn/definition';
import { buildScene, draw } from '../../src/core/view/scene';
import { pageOf } from './page';
import type { GalleryTheme } from './themes';

export async function coursePage(chapter: Chapter, theme: GalleryTheme): Promise<string> {
  const source = await readFile(path.resolve('samples', samplePath(chapter)), 'utf8');
  const drawing = draw(analyze(readDefinition(source).model));
  const course = courseView(drawing, source, { node: null, settings: {} });
  return pageOf(buildScene(drawing, `${chapter.id}.cnn.yaml`), theme, { course });
}
