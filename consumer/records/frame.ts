/** A piece of an object's bytes as the splitter cut it: a record, or what could not be one. */
type Frame = RecordFrame | BadFrame;

/** A whole JSON object. */
interface RecordFrame {
  frame: 'record';
  /** Bytes from the object's start, after decompression. */
  offset: number;
  /** Holds the record's bytes from `start` to `end`; shared with neighbors, never changed. */
  bytes: Buffer;
  start: number;
  end: number;
  /** What JSON.parse made of it. */
  value: object;
}

/** Why a piece is no record. */
type FrameFault = 'damaged-json' | 'not-json' | 'record-too-large' | 'record-too-deep';

/** A piece that is no record: damaged, oversized, too deep, or no JSON at all. */
interface BadFrame {
  frame: 'bad';
  /** Bytes from the object's start, after decompression. */
  offset: number;
  /** Bytes, all of them. */
  length: number;
  fault: FrameFault;
  /** The bytes, or the first of them where there are more than are kept. */
  kept: Buffer;
}

/** How many bytes a frame stands for. */
function frameLength(frame: Frame): number {
  return frame.frame === 'record' ? frame.end - frame.start : frame.length;
}

export { type BadFrame, type Frame, type FrameFault, frameLength, type RecordFrame };
