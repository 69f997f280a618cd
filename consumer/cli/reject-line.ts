import { isUtf8 } from 'node:buffer';
import type { Reject } from '../records/outcome';

/** A reject as one line of JSON; bytes that are no UTF-8 stand in `rawBase64` instead of `raw`. */
function rejectLine({ outcome: _, raw, ...reject }: Reject): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const rawField = isUtf8(bytes) ? { raw: bytes.toString('utf8') } : { rawBase64: bytes.toString('base64') };
  return `${JSON.stringify({ ...reject, ...rawField })}\n`;
}

export { rejectLine };
