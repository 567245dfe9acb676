export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'avif';

const ascii = (bytes: Uint8Array, from: number, text: string): boolean =>
  Array.from(text).every((letter, at) => bytes[from + at] === letter.charCodeAt(0));

/** Tells a picture's format by its first bytes, never by its name; null for anything else. */
export function sniffPicture(bytes: Uint8Array): PictureFormat | null {
  if (bytes[0] === 0x89 && ascii(bytes, 1, 'PNG\r\n\x1a\n')) return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (ascii(bytes, 0, 'RIFF') && ascii(bytes, 8, 'WEBP')) return 'webp';
  if (ascii(bytes, 0, 'GIF87a') || ascii(bytes, 0, 'GIF89a')) return 'gif';
  if (ascii(bytes, 4, 'ftypavif') || ascii(bytes, 4, 'ftypavis')) return 'avif';
  if (ascii(bytes, 0, 'BM') && bytes.length > 26) return 'bmp';
  return null;
}
