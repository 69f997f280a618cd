import type { CommanderError } from 'commander';

/** Advice for a missing argument, by its name. */
const advice = new Map([['question', '(ses-events questions lists the questions)\n']]);

/** Returns the advice for an error of commander about a missing argument; empty where there is none. */
function missingArgumentAdvice({ message }: CommanderError): string {
  const [, name = ''] = /^error: missing required argument '(.*)'$/s.exec(message) ?? [];
  return advice.get(name) ?? '';
}

export { missingArgumentAdvice };
