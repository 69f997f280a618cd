/** The space around the marks of a chart, for its axes. In units of the picture. */
interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** The size of a chart, with the space around its marks. */
interface Frame {
  width: number;
  height: number;
  margin: Margin;
}

export type { Frame };
