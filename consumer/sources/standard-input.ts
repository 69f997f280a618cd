import type { Source, SourceObject } from './source';

/** The bytes of a stream, standard input by default, as one object called `-`. */
function streamSource(stream: AsyncIterable<Uint8Array> = process.stdin): Source {
  const object: SourceObject = { uri: '-', readsOnce: true, open: () => stream };
  return {
    leftOut: { foreign: 0, beforeSince: 0 },
    async *objects() {
      yield object;
    },
  };
}

export { streamSource };
