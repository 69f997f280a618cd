import type { Child } from 'hono/jsx';

interface ChartProps {
  /** Unique in the page: part of the ids of the title and the description. */
  id: string;
  title: string;
  /** The main fact that the picture shows, for people who do not see it. */
  description: string;
  width: number;
  height: number;
  children?: Child;
}

/** A picture in SVG, with a title and a description. Its colors are those of the style sheet. */
function Chart({ id, title, description, width, height, children }: ChartProps) {
  const names = [`${id}-${width}-title`, `${id}-${width}-description`];
  return (
    <svg
      class="chart"
      role="img"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-labelledby={names.join(' ')}
    >
      <title id={names[0]}>{title}</title>
      <desc id={names[1]}>{description}</desc>
      {children}
    </svg>
  );
}

/** Widths of a picture, on a wide screen and on a phone. */
const widths = { wide: 960, narrow: 360 } as const;

/**
 * A picture in two widths, of which the style sheet shows one. One picture for both would have small texts on a phone.
 * @param draw draws the picture in a width
 */
function InBothWidths({ draw }: { draw: (width: number) => Child }) {
  return (
    <>
      <div class="wide">{draw(widths.wide)}</div>
      <div class="narrow">{draw(widths.narrow)}</div>
    </>
  );
}

/** Rounds a coordinate to a tenth, so that a picture does not have 17 digits for each. */
const at = (coordinate: number | undefined) => Math.round((coordinate ?? 0) * 10) / 10;

export { at, Chart, InBothWidths };
