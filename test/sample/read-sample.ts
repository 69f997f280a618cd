import {
  type SampleCounts,
  type SampleObject,
  type SampleOptions,
  sampleObjects,
} from '../../consumer/sample';
import { type ReadBytes, readBytes } from '../records/read-bytes';

/** A sample object, with the result of reading it. */
interface ReadSampleObject {
  object: SampleObject;
  read: ReadBytes;
}

/** Generates an archive and reads it completely. */
async function readSample(options: SampleOptions): Promise<ReadSampleObject[]> {
  const archive: ReadSampleObject[] = [];
  for (const object of sampleObjects(options)) archive.push({ object, read: await readBytes(object.bytes) });
  return archive;
}

/** Returns the sum of a count over all objects. */
function sumOf(count: keyof SampleCounts, archive: Iterable<SampleCounts>): number {
  let sum = 0;
  for (const object of archive) sum += object[count];
  return sum;
}

export { type ReadSampleObject, readSample, sumOf };
