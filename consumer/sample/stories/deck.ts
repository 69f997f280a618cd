import type { Random } from '../seed/random';
import { failingStories } from './failing';
import { feedbackStories } from './feedback';
import { readingStories } from './reading';
import type { Story } from './story';

/** Every story once, the rarest ones too: what an archive begins with, so that a small one has it all. */
const openingScene: readonly Story[] = [...failingStories, ...feedbackStories, ...readingStories];

/** A thousand stories in their shares. */
const deck: readonly Story[] = openingScene.flatMap((story) => Array<Story>(story.share).fill(story));

/** The opening scene, then shuffled decks for ever: every thousand messages have the same mix. */
function* storiesToTell(random: Random): Generator<Story, never> {
  yield* openingScene;
  for (;;) yield* random.shuffled(deck);
}

export { deck, openingScene, storiesToTell };
