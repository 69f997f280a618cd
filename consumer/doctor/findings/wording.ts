const units = [
  ['day', 24 * 60 * 60 * 1000],
  ['hour', 60 * 60 * 1000],
  ['minute', 60 * 1000],
  ['second', 1000],
] as const;

/**
 * Formats a duration or an age in its largest unit.
 * @param milliseconds below a second it is `0 seconds`
 * @example age(26 * 60 * 60 * 1000) // '1 day'
 */
function age(milliseconds: number): string {
  const [unit, length] = units.find(([, one]) => milliseconds >= one) ?? (['second', 1000] as const);
  const count = Math.max(Math.floor(milliseconds / length), 0);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Formats the first few of several texts as a list in a sentence. */
function few(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const left = different.length - 3;
  return different.slice(0, 3).join(', ') + (left > 0 ? ` and ${left} more` : '');
}

export { age, few };
