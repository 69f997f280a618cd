import { shellWord } from '../../texts/shell-word';
import { terminalText } from '../../texts/terminal-text';
import type { Correction } from '../process/correction';

/**
 * Formats the corrected call, for the shell; empty where it is unknown. A call with control
 * characters is unknown too, because they cannot be shown and pasted.
 */
function correctedCall(correct: Correction | undefined, args: readonly string[]): string {
  const words = correct?.(args);
  if (words === undefined || words.some((word) => terminalText(word) !== word)) return '';
  return `try: ${['ses-events', ...words].map(shellWord).join(' ')}\n`;
}

export { correctedCall };
