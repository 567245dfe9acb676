import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files as they come: sound ones, one cut short, damaged ones, and such as are no models at all. */
export function filesOf(root: string): readonly (readonly [name: string, bytes: Uint8Array])[] {
  const sample = (path: string): Uint8Array => readFileSync(join(root, 'samples', path));
  const sound = ['fashion-mnist/fashion-mnist.onnx', 'shapes/shapes.onnx', 'architectures/mobilenet-v2.onnx'];
  const whole = sample(sound[0]!);
  const damaged = Uint8Array.from(whole);
  damaged.fill(0xff, 200, 260);
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  return [
    ...sound.map((path) => [path, sample(path)] as const),
    ['cut.onnx', whole.slice(0, 3000)],
    ['damaged.onnx', damaged],
    ['empty.onnx', new Uint8Array(0)],
    ['zeros.onnx', new Uint8Array(4096)],
    ['page.onnx', text('<!DOCTYPE html><html><body>404</body></html>')],
    ['pointer.onnx', text('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n')],
    ['notes.onnx', text('Nothing but words. '.repeat(20))],
    ['archive.pt', Uint8Array.of(0x50, 0x4b, 3, 4, ...new Uint8Array(100))],
  ];
}
