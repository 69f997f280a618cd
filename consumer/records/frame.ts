/** A piece of an object, cut by the splitter: a record, or bytes that are not a record. */
type Frame = RecordFrame | BadFrame;

/** A complete JSON object. */
interface RecordFrame {
  frame: 'record';
  /** Offset in the decompressed object, in bytes. */
  offset: number;
  /** Contains the bytes of the record from `start` to `end`. Shared with neighbors, never changed. */
  bytes: Buffer;
  start: number;
  end: number;
  /** The result of JSON.parse. */
  value: object;
}

/** The reason why a piece is not a record. */
type FrameFault = 'damaged-json' | 'not-json' | 'record-too-large' | 'record-too-deep';

/** A piece that is not a record: damaged, oversized, too deep, or not JSON. */
interface BadFrame {
  frame: 'bad';
  /** Offset in the decompressed object, in bytes. */
  offset: number;
  /** Total length in bytes. */
  length: number;
  fault: FrameFault;
  /** The bytes, or the first of them if they exceed the limit. */
  kept: Buffer;
}

/** Returns the length of a frame in bytes. */
function frameLength(frame: Frame): number {
  return frame.frame === 'record' ? frame.end - frame.start : frame.length;
}

export { type BadFrame, type Frame, type FrameFault, frameLength, type RecordFrame };
