import { declare, type Diagnostic } from '../diagnostics/diagnostic';
import { t } from '../l10n/l10n';
import type { Head } from './format';

/** Files that are no model, or none we read, but that people do open as one: say what they are and what to do. */
interface Foreign {
  readonly matches: (head: Head, text: string) => boolean;
  readonly problem: (place: { location: null }) => Diagnostic;
}

const foreign = (code: string, message: string, matches: (head: Head, text: string) => boolean): Foreign => ({
  matches,
  problem: declare(`file/${code}`, 'error', () => message),
});

const starts =
  (...magic: number[]) =>
  ({ bytes }: Head): boolean =>
    bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);

const at = (bytes: Uint8Array, offset: number, text: string): boolean =>
  Array.from(text, (c) => c.charCodeAt(0)).every((code, i) => bytes[offset + i] === code);

const FOREIGN: readonly Foreign[] = [
  foreign(
    'empty',
    t('The file is empty. A download or export that failed leaves such files: get the model again.'),
    (head) => head.size === 0,
  ),
  foreign(
    'zeros',
    t('The file holds only zeros. A download or copy that failed leaves such files: get the model again.'),
    ({ bytes }) => bytes.every((byte) => byte === 0),
  ),
  foreign(
    'lfs-pointer',
    t('This is a Git LFS pointer, not the model itself. Run “git lfs pull” in the repository to fetch the model.'),
    (_, text) => text.startsWith('version https://git-lfs.github.com/spec/'),
  ),
  foreign(
    'html',
    t('This is a web page, not a model: the server sent a page instead of the file. Download the file itself.'),
    (_, text) => /^\s*(<!doctype html|<html|<\?xml[^>]*>\s*<html|<head|<body)/i.test(text),
  ),
  foreign('png', t('This is a PNG picture, not a model. Choose an .onnx file.'), starts(0x89, 0x50, 0x4e, 0x47)),
  foreign('jpeg', t('This is a JPEG picture, not a model. Choose an .onnx file.'), starts(0xff, 0xd8, 0xff)),
  foreign('gif', t('This is a GIF picture, not a model. Choose an .onnx file.'), starts(0x47, 0x49, 0x46, 0x38)),
  foreign('pdf', t('This is a PDF document, not a model. Choose an .onnx file.'), starts(0x25, 0x50, 0x44, 0x46)),
  foreign(
    'zip',
    t(
      'This is a zip archive, not an ONNX file (PyTorch’s .pt and .pth files are such archives). Unpack it, or export the model to ONNX.',
    ),
    starts(0x50, 0x4b, 0x03, 0x04),
  ),
  foreign('gzip', t('This is a gzip archive. Unpack it first.'), starts(0x1f, 0x8b)),
  foreign(
    'hdf5',
    t('This is an HDF5 file (Keras weights or models), not an ONNX file. Export the model to ONNX.'),
    starts(0x89, 0x48, 0x44, 0x46),
  ),
  foreign('tflite', t('This is a TensorFlow Lite model, not an ONNX file. Convert it to ONNX.'), ({ bytes }) =>
    at(bytes, 4, 'TFL3'),
  ),
  foreign(
    'pickle',
    t('This is a Python pickle (an old PyTorch checkpoint), not an ONNX file. Export the model to ONNX.'),
    ({ bytes }) => bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5 && bytes[2] !== 0x80,
  ),
  foreign(
    'text',
    t('This is a text file, not an ONNX model. A text editor shows it.'),
    ({ bytes }, text) => bytes.length > 8 && isText(text),
  ),
];

/** Printable from beginning to end, as no protobuf of more than a few bytes is. */
const isText = (text: string): boolean =>
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  !/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(text);

const decoder = new TextDecoder();

/** What the file is instead of a model; `null` when that is not known. */
export function recogniseForeign(head: Head): Diagnostic | null {
  // The head may end within a character: its last bytes are left out of the text.
  const cut = head.bytes.length < head.size ? head.bytes.subarray(0, -4) : head.bytes;
  const text = decoder.decode(cut);
  return FOREIGN.find((entry) => entry.matches(head, text))?.problem({ location: null }) ?? null;
}
