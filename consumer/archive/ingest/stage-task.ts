import type { ObjectTaskFactory } from '../../sources/object-task';
import { erasureOf } from '../erasure/erase-outcome';
import { Stage, type StagedObject } from '../staging/stage';
import type { Tombstones } from '../store/tombstones';
import { LineStage } from './line-scanner/line-stage';

/** The setup for staging objects. */
interface StageSetup {
  /** The folder for the files of staged rows. */
  folder: string;
  /**
   * Whether to parse every record, including those that can be staged from their bytes. The rows are the same.
   * @default false
   */
  exact?: boolean;
  /** The erased people; undefined when there are none. */
  tombstones?: Tombstones | undefined;
  /**
   * Whether to stage clicked links without query and fragment, and rejects without bytes.
   * @default false
   */
  maskLinks?: boolean | undefined;
}

/** Stages one object in the thread that reads it. */
const createTask: ObjectTaskFactory<StagedObject, StageSetup> = (_uri, setup) => {
  const stage = new Stage(setup.folder, setup.maskLinks);
  const lines = new LineStage(stage);
  const erasure = setup.tombstones && erasureOf(setup.tombstones);
  return {
    outcome(found) {
      if (erasure === undefined) stage.outcome(found);
      else stage.erased(found, erasure.outcome(found));
    },
    ...(setup.exact !== true &&
      erasure === undefined && {
        lineTaker: lines,
      }),
    result: () => stage.result(),
  };
};

export { createTask, type StageSetup };
