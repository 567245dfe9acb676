/** Pictures: decoded, fitted, and turned into the numbers a net gets. Pure, so that every skin agrees to the digit. */
export { checkedFormat, decodable, decodePicture } from './decode';
export {
  arrayInput,
  defaultFilling,
  filledInput,
  pictureInput,
  picturesAtOnce,
  type FedTensor,
  type InputSpec,
  type PictureSpec,
} from './feed';
export { decodeFloat16, encodeFloat16, fromFloat16, toFloat16 } from './float16';
export { isNpy, NpyError, readNpy } from './npy';
export { unpackNumbers } from './numbers';
export { guessPreparation, type FirstLayer, type InputFacts } from './guess';
export { PictureError, type Picture } from './picture';
export { prepare } from './prepare';
export { keptPreparation, type Preparation } from './preparation';
export { sniffPicture } from './sniff';
export { pictureOf } from './unprepare';
