import type { Child } from 'hono/jsx';

/** The frame of a wide table, which scrolls, also by keyboard. */
function Scrolling({ caption, children }: { caption: string; children?: Child }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div class="table" tabindex={0} role="group" aria-label={caption}>
      {children}
    </div>
  );
}

export { Scrolling };
