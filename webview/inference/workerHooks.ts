/**
 * What the runtime tells nobody else: how much memory it took, and the profile it prints. Has to be imported before the runtime,
 * which takes both functions with it when it starts.
 */
let memory: WebAssembly.Memory | null = null;
WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(target, own: [WebAssembly.MemoryDescriptor]) {
    const made = new target(...own);
    // The runtime tries whether memory can be shared with an empty one.
    if (own[0].maximum !== 0) memory = made;
    return made;
  },
});

/** Bytes of the runtime's own memory: it grows and never shrinks. Null before it has started. */
export const heapBytes = (): number | null => memory?.buffer.byteLength ?? null;

/* eslint-disable no-console -- the runtime prints its profile on the console, and there alone */
let caught: string[] | null = null;
const print = console.log.bind(console);
console.log = (...parts: unknown[]) => {
  if (caught) caught.push(String(parts[0]));
  else print(...parts);
};

/** Lines that are printed while the job runs. */
export function printed(job: () => void): readonly string[] {
  caught = [];
  try {
    job();
    return caught;
  } finally {
    caught = null;
  }
}
