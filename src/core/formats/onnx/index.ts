import { Malformed, Truncated } from '../../bytes/cursor';
import { CountingSource, Unreadable, drive } from '../../bytes/paged';
import type { ModelFile } from '../../bytes/source';
import { WireCursor } from '../../bytes/wire';
import { Cancelled } from '../../diagnostics/diagnostic';
import type { Format, Head, Parsed } from '../format';
import { Report } from '../report';
import { resolveExternal } from './external';
import { lowerModel } from './lower';
import { emptyModel, type RawModel } from './messages';
import * as problems from './problems';
import { readModel } from './read';
import { bytesAt, Reader } from './reader';
import { looksLikeModel } from './sniff';

export const onnx: Format = {
  id: 'onnx',
  label: 'ONNX',
  extensions: ['.onnx'],
  sniff: (head: Head) => looksLikeModel(head),
  async parse(file, signal) {
    try {
      return await parse(file, signal);
    } catch (error) {
      if (signal?.aborted) throw new Cancelled();
      throw error;
    }
  },
};

/** IR versions 1 and 2 know no operator sets: their operators are those of the first. */
const FIRST_WITH_OPSETS = 3;

async function parse(file: ModelFile, signal?: AbortSignal): Promise<Parsed> {
  const report = new Report();
  const source = new CountingSource(file.bytes);
  const cursor = new WireCursor(file.bytes.size);
  const reader = new Reader(cursor, report.add);
  const raw = emptyModel();
  let complete = false;
  try {
    await drive(readModel(reader, raw), cursor, source, signal);
    complete = true;
  } catch (error) {
    report.add(stopped(error, reader, raw));
  }
  const readable = raw.graph !== null;
  if (complete && !readable) report.add(problems.noGraph({ location: null }));
  if (complete && readable && raw.opsets.length === 0 && (raw.irVersion ?? 0) >= FIRST_WITH_OPSETS)
    report.add(problems.noOpset({ location: null }));
  if (!readable) return { model: null, diagnostics: report.diagnostics, bytesRead: source.bytesRead };
  const externalFiles = await resolveExternal(reader.external, file, report, signal);
  const model = lowerModel(raw, { externalFiles, incomplete: !complete, report: report.add });
  return { model, diagnostics: report.diagnostics, bytesRead: source.bytesRead };
}

/** The one place where what stopped the reading becomes a problem. */
function stopped(error: unknown, reader: Reader, raw: RawModel) {
  const place = { node: reader.node };
  if (error instanceof Truncated) {
    const { size, expected } = reader.cursor;
    return problems.truncated({ ...place, location: bytesAt(error.at, error.at) }, reader.path(), size, expected);
  }
  if (error instanceof Malformed) {
    const location = bytesAt(error.at, reader.cursor.size);
    if (!raw.graph) return problems.notOnnx({ location }, error.at, error.what);
    return problems.malformed({ ...place, location }, reader.path(), error.at, error.what);
  }
  if (error instanceof Unreadable) {
    return problems.unreadable({ ...place, location: bytesAt(error.at, error.at) }, error.at, error.reason);
  }
  throw error;
}
