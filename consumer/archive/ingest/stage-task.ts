import type { Outcome } from '../../records/outcome';
import type { ObjectTaskFactory } from '../../sources/object-task';
import { erasureOf } from '../erasure/erase-outcome';
import { type Mentions, mentionsOf } from '../erasure/mentions';
import { Stage, type StagedObject } from '../staging/stage';
import type { Tombstones } from '../store/tombstones';
import { LineStage } from './line-scanner/line-stage';
import { yieldToEngine } from './yield-to-engine';

/** The setup for staging objects. */
interface StageSetup {
  /** The folder for the files of staged rows. */
  folder: string;
  /**
   * Whether to parse every record, including those that can be staged from their bytes, and to search each for the erased
   * people. The rows are the same.
   * @default false
   */
  exact?: boolean;
  /** The erased people; undefined when there are none. */
  tombstones?: Tombstones | undefined;
}

/** Whether a record needs no erasure: it does not mention any of the people, nor does anything around it. */
function isUntouched(found: Outcome, mentions: Mentions): boolean {
  if (found.outcome !== 'event' || found.provenance.firehoseError !== undefined) return false;
  const { buffer, byteOffset, byteLength } = found.raw;
  return !mentions.mayBeIn(Buffer.from(buffer, byteOffset, byteLength), 0, byteLength);
}

/** Stages one object in the thread that reads it. */
const createTask: ObjectTaskFactory<StagedObject, StageSetup> = (_uri, { folder, tombstones, exact }) => {
  yieldToEngine();
  const stage = new Stage(folder);
  const erasure = tombstones && erasureOf(tombstones);
  const mentions = exact === true ? undefined : tombstones && mentionsOf(tombstones);
  const left = (found: Outcome) =>
    mentions !== undefined && isUntouched(found, mentions) ? found : erasure?.outcome(found);
  return {
    outcome(found) {
      if (erasure === undefined) stage.outcome(found);
      else stage.erased(found, left(found));
    },
    ...(exact !== true && { lineTaker: new LineStage(stage, mentions) }),
    result: () => stage.result(),
  };
};

export { createTask, type StageSetup };
