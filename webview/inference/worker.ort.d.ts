/** `ort` is onnxruntime-web's build for WASM or the one for WebGPU: the build script decides, once for each of two bundles. */
declare module 'ort' {
  export * from 'onnxruntime-web';
}
