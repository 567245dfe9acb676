// Reads metadata_props out of an ONNX file. The runtime's JavaScript interface does not tell them,
// and a check must not lean on the extension's own reader: this walks the few protobuf fields it needs.

function* fields(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag & 7];
    if (wire === 0) yield { field, value: varint() };
    else if (wire === 2) {
      const length = varint();
      yield { field, value: bytes.subarray(at, at + length) };
      at += length;
    } else if (wire === 5) yield { field, value: view.getFloat32((at += 4) - 4, true) };
    else if (wire === 1) yield { field, value: view.getFloat64((at += 8) - 8, true) };
    else throw new Error(`wire type ${wire} at byte ${at}`);
  }
}

const text = (bytes) => new TextDecoder().decode(bytes);

/** {key: value} of ModelProto.metadata_props (field 14), and the graph's sentence (field 7, in it field 10). */
export function describe(bytes) {
  const props = {};
  let doc = '';
  for (const { field, value } of fields(bytes)) {
    if (field === 14) {
      const pair = Object.fromEntries([...fields(value)].map((entry) => [entry.field, text(entry.value)]));
      props[pair[1]] = pair[2];
    }
    if (field === 7) for (const inner of fields(value)) if (inner.field === 10) doc = text(inner.value);
  }
  return { props, doc };
}
