import type { ObjectTaskFactory } from '../../sources/object-task';
import { erasureOf } from '../erasure/erase-outcome';
import { Stage, type StagedObject } from '../staging/stage';
import type { Tombstones } from '../store/tombstones';
import { LineStage } from './line-scanner/line-stage';

/** What the staging of objects needs to know. */
interface StageSetup {
  /** Where the files of staged rows go. */
  folder: string;
  /**
   * Whether every record is parsed, also those that can be staged from their bytes; the rows are the same.
   * @default false
   */
  exact?: boolean;
  /** Who was forgotten; undefined when nobody was. */
  tombstones?: Tombstones | undefined;
}

/** Stages one object where it is read. */
const createTask: ObjectTaskFactory<StagedObject, StageSetup> = (_uri, setup) => {
  const stage = new Stage(setup.folder);
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
