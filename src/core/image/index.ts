/** Pictures: decoded, fitted, and turned into the numbers a net gets. Pure, so that every skin agrees to the digit. */
export { decodable, decodePicture } from './decode';
export { decodeFloat16, encodeFloat16, fromFloat16, toFloat16 } from './float16';
export { guessPreparation, type FirstLayer, type InputFacts } from './guess';
export { PictureError, type Picture } from './picture';
export { prepare, type Prepared } from './prepare';
export type { Preparation } from './preparation';
export { sniffPicture } from './sniff';
export type { ImageTensor, TensorData } from './tensor';
