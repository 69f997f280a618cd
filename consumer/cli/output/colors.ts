import { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Surroundings } from '../process/context';

/** A color of a terminal's own palette. */
type Color = 'green' | 'yellow' | 'red' | 'gray';

/**
 * Whether standard output shows colors. Node's own rules decide: a terminal that has colors, without `NO_COLOR`
 * or `TERM=dumb`. `FORCE_COLOR` overrides them, also in a pipe.
 *
 * @see https://nodejs.org/api/tty.html#writestreamgetcolordepthenv
 * @see https://no-color.org
 */
function hasColors({ stdout, env }: Pick<Surroundings, 'stdout' | 'env'>): boolean {
  const { NO_COLOR: noColor, ...others } = env;
  const canShow = stdout.isTTY === true || env.FORCE_COLOR !== undefined;
  // Node 20 also obeys an empty NO_COLOR, unlike its specification.
  return canShow && WriteStream.prototype.hasColors(noColor === '' ? others : env);
}

/** Adds the escapes of a color to a text that is already safe for a terminal. */
function colored(text: string, color: Color): string {
  // Without validation, because Node would examine its own standard output, not that of the call.
  return styleText(color, text, { validateStream: false });
}

export { type Color, colored, hasColors };
