/** Share of mail on a day of the week, from Sunday on, relative to a Monday. */
const dayWeights = [0.3, 1, 1.1, 1.1, 1, 0.9, 0.4] as const;

/** Share of mail in an hour of the day (UTC), relative to each other. */
const hourWeights = [1, 1, 1, 1, 1, 2, 5, 9, 9, 9, 8, 7, 6, 7, 7, 7, 7, 6, 6, 6, 5, 4, 3, 2] as const;

/** Returns the share of mail in an hour of a day of the week (0 is Sunday), relative to other hours and days. */
function mailWeight(weekday: number, hour: number): number {
  return (dayWeights[weekday] ?? Number.NaN) * (hourWeights[hour] ?? Number.NaN);
}

export { mailWeight };
