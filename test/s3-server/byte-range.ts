/** The first and last byte of a range, the complete object, or no bytes. */
type ByteRange = { first: number; last: number } | 'complete' | 'unsatisfiable';

/**
 * Parses a Range header: `bytes=a-`, `bytes=a-b` or `bytes=-n`. A header that is malformed or has several
 * ranges is ignored, as HTTP requires and S3 does.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
function byteRange(header: string | undefined, size: number): ByteRange {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'complete';
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'complete';
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first > last ? 'unsatisfiable' : { first, last };
}

export { byteRange };
