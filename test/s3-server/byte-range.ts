/** The first and the last byte of a part, or why there is none. */
type ByteRange = { first: number; last: number } | 'whole' | 'unsatisfiable';

/**
 * Reads a Range header: `bytes=a-`, `bytes=a-b` or `bytes=-n`. One that is malformed, or asks for several
 * parts, is ignored, as HTTP demands and S3 does.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
function byteRange(header: string | undefined, size: number): ByteRange {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'whole';
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'whole';
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first > last ? 'unsatisfiable' : { first, last };
}

export { byteRange };
