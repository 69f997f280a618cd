import type { OperationName } from './operation';
import type { S3ErrorCode } from './s3-error';

/** Responds with an error instead of the result. */
interface ErrorFault {
  kind: 'error';
  code: Extract<S3ErrorCode, 'SlowDown' | 'InternalError'>;
}

/** Sends the headers and the first bytes of a body, then closes the connection. */
interface CutFault {
  kind: 'cut';
  afterBytes: number;
}

/** Like `CutFault`, but pauses before it closes the connection. */
interface StallFault {
  kind: 'stall';
  afterBytes: number;
  milliseconds: number;
}

/** Changes something, usually an object, after the response to a request was computed. */
interface ChangeFault {
  kind: 'change';
  change: () => void;
}

type BodyFault = CutFault | StallFault;
type Fault = ErrorFault | BodyFault | ChangeFault;

/** The requests that a fault affects. An absent property matches all requests. */
interface FaultScope {
  operation?: OperationName;
  bucket?: string;
  key?: string;
  /** Number of matching requests to skip first. @default 0 */
  after?: number;
  /** Number of requests to affect. @default 1 */
  times?: number;
}

/**
 * A fault and the requests that it affects.
 *
 * A request can have one fault of each type: an error; or, if it succeeds, a cut or stalled body, and a
 * change. Rules of the same type apply one after the other, in the order in which they were added.
 */
type FaultRule = Fault & FaultScope;

export type { BodyFault, ChangeFault, Fault, FaultRule, FaultScope };
