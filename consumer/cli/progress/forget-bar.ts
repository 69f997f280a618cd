import { SingleBar } from 'cli-progress';
import type { ForgetProgress } from '../../archive/erasure/progress';
import { formatCount } from '../output/number-text';
import type { CommandContext } from '../process/context';
import { showsProgress } from './progress-line';

/** Shows how far forgetting has come; on a terminal only. */
interface ForgetBar {
  show(progress: ForgetProgress): void;
  stop(): void;
}

const nowhere: ForgetBar = { show: () => {}, stop: () => {} };

/** The progress of forgetting, as a bar: the share of the events that has been looked at; then that the file is compacted. */
function forgetBar(context: CommandContext): ForgetBar {
  if (!showsProgress(context, true)) return nowhere;
  const bar = new SingleBar({
    format: '[{bar}] {what}',
    stream: context.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let isShown = false;
  return {
    show(progress) {
      const [value, total, what] =
        progress.step === 'looking'
          ? [
              progress.lookedAt,
              progress.events,
              `${formatCount(progress.lookedAt)} of ${formatCount(progress.events)} events looked at`,
            ]
          : [1, 1, 'compacting the file'];
      // Nothing is drawn while another process is waited for, or while the address is typed.
      if (!isShown) bar.start(Math.max(1, total), value, { what });
      isShown = true;
      bar.setTotal(Math.max(1, total));
      bar.update(value, { what });
    },
    stop() {
      if (isShown) bar.stop();
    },
  };
}

export { forgetBar };
