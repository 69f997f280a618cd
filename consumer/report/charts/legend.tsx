/** A mark of a picture, by its class in the style sheet, and its meaning. */
interface LegendEntry {
  mark: string;
  label: string;
}

/** The marks of a picture with their meanings, above it. */
function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend">
      {entries.map(({ mark, label }) => (
        <li>
          <svg class="swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <rect class={mark} width="12" height="12" rx="2" />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

export { Legend, type LegendEntry };
