/** The reference protobuf writer; reading is our own (wire.ts), because it must not need the whole file. */
export { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
