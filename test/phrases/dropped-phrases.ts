/** A phrase that texts of this project do not use, with what to write instead. docs/style.md has the rules. */
interface DroppedPhrase {
  /** A space stands for any space, line breaks and the marks of comments included. */
  pattern: RegExp;
  before: string;
  after: string;
}

/** "is no X" where English has "is not a X". */
const negations: readonly DroppedPhrase[] = [
  {
    pattern: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more than\b)/i,
    before: '"x" is no address',
    after: '"x" is not a valid email address; there is no archive',
  },
  {
    pattern: /\b(?:knows?|knew) (?:no|nothing)\b/i,
    before: 'Athena knows no named parameters',
    after: 'Athena has no named parameters',
  },
  {
    pattern: /\b(?:has|have) not (?:a|an|any|the)\b|\bthat \w+(?: \w+)? (?:has|have) not(?=[.,;:)]|$)/i,
    before: 'a parameter that the question has not',
    after: 'an option that the question does not take',
  },
  {
    pattern: /\bnothing but\b/i,
    before: 'reaches nothing but the archive',
    after: 'can access the archive only',
  },
];

/** Clauses with "what" and "who" where a noun exists. */
const clauses: readonly DroppedPhrase[] = [
  { pattern: /\bwhom\b/i, before: 'whom to stop writing to', after: 'addresses to suppress' },
  {
    pattern: /\bwh(?:o|at)(?:so)?ever (?!order\b|(?:the|its|their|an?)\b)\w+/i,
    before: 'opened, by whoever it was; whatever comes out of it',
    after: 'opened, machine opens included; whatever the umask, whatever its order',
  },
  {
    pattern: /(?:^|[.;:] )Who (?:has|may|can|only|runs|reads)\b/,
    before: 'Who may list processes sees them.',
    after: 'Users who can list processes see them.',
  },
  {
    pattern:
      /\bwhat (?:became|becomes|comes|goes|stays|stood|stands|holds|happened|happens|is (?:there|left|there already|old|new|meant|missing)|was (?:there|left|delivered|read|run))\b/i,
    before: 'a message, with what became of it',
    after: 'a message, with its status',
  },
  { pattern: /\bwhat for\b/i, before: 'what for', after: 'purpose' },
];

/** "is for", "goes with" and "belongs to" where an option requires another. */
const requirements: readonly DroppedPhrase[] = [
  {
    pattern: /`?--[\w-]+`? (?:is|are) for\b/i,
    before: '--workgroup is for Athena: add --engine athena, or leave it out',
    after: '--workgroup requires --engine athena',
  },
  {
    pattern: /\b(?:do|does|did|not) go(?:es)? with\b|\bgoes with (?:every|any|each|it|no)\b/i,
    before: '`--fail-empty` does not go with `--queue`',
    after: '`--fail-empty` cannot be combined with `--queue`',
  },
  {
    pattern: /\bat most so many\b|\bas (?:many|much|often|long) as `?--[\w-]+`? says\b/i,
    before: 'at most so many rows; as often as `--every` says',
    after: 'maximum number of rows; every `--every` seconds',
  },
];

/** Things that speak. */
const speech: readonly DroppedPhrase[] = [
  {
    pattern: /\b(?:tells?|told)\b/i,
    before: 'the stack is told; a message that nobody tells of',
    after: 'the stack is notified; a message without a notification',
  },
  {
    pattern: /\b(?:says|said)\b/i,
    before: 'the last line says how many there are',
    after: 'the last line shows the number',
  },
  {
    pattern: /\bsay (?:so|what|which|why|how|who|that|of|no more)\b/i,
    before: 'where one is missing they say so',
    after: 'they report the missing program',
  },
];

/** Several words for one thing: skipped, rejected, ignored, not examined, and the way of things. */
const motions: readonly DroppedPhrase[] = [
  {
    pattern: /\b(?:leaves?|leaving|left) out\b|\bleaves? (?:them|it|both|these|all|one) out\b/i,
    before: 'records left out by a filter; leave both out',
    after: 'records that a filter skips; omit both',
  },
  {
    pattern: /\b(?:sets?|puts?|putting|setting) (?:\w+ )?aside\b|\bpass(?:es|ed) over\b/i,
    before: 'rejects are set aside, notes are passed over',
    after: 'records are rejected, notes are skipped',
  },
  {
    pattern: /\bstay(?:s|ed)?\b/i,
    before: 'The ledger stays',
    after: 'The ledger remains',
  },
  {
    pattern: /\b(?:come|comes|came|coming) (?:again|back|anew)\b/i,
    before: 'the message comes again',
    after: 'SQS redelivers the message',
  },
  {
    pattern: /\b(?:go|goes|went|going) on\b/i,
    before: 'the next run goes on',
    after: 'the next run continues',
  },
  {
    pattern: /\bstands? (?:in|at|beside|behind|below|above|alone|there|apart|before|on|for itself)\b/i,
    before: 'how to ask stands in another page',
    after: 'another page explains how to ask',
  },
  {
    pattern: /\b(?:is|are|was) (?:not )?there (?:and|or)\b|\b(?:is|are|was) (?:not )?there(?=[.,;:)]|$)/i,
    before: 'newsletter is there and sends; the role is not there',
    after: 'newsletter exists and sending is enabled; the role does not exist; there is no role',
  },
  {
    pattern: /\btak(?:e|es|en|ing) (?:over|apart|up to|in whole|out of)\b/i,
    before: 'Taking over what exists',
    after: 'Adopting existing resources',
  },
  {
    pattern: /\bbehind (?:it|them|one another|each other|the (?:commit|batch|damage|data))\b/i,
    before: 'A message is deleted behind the commit',
    after: 'A message is deleted after the commit',
  },
];

/** Things that act like people, and words from another language. */
const manners: readonly DroppedPhrase[] = [
  {
    pattern: /\bto blame\b|\bfaults? of (?:ours|theirs|yours)\b/i,
    before: 'the address is to blame; a fault of ours',
    after: 'because of the address; an internal error',
  },
  {
    pattern:
      /\b(?:mail|messages?|roles?|keys?|buckets?|queues?|streams?|Firehose|SES|S3|records?|objects?|columns?) may (?!be\b|change\b|contain\b|differ\b|have\b)\w+/i,
    before: 'the role may write to the bucket',
    after: 'the role can write to the bucket; the object may be missing',
  },
  {
    pattern: /\b\w+ of (?:its|their|our|your|one's|theirs) own\b/i,
    before: 'a bucket of its own',
    after: 'its own bucket, a separate bucket',
  },
  {
    pattern: /\bfor good\b/i,
    before: 'emails that bounced for good',
    after: 'hard-bounced emails',
  },
  {
    pattern: /\b(?:makes?|made|takes?|taken) (?:\w+ ){0,2}room\b/i,
    before: 'a reject takes no more room than its record',
    after: 'a reject is never larger than its record',
  },
  {
    pattern: /\bexact way\b/i,
    before: 'the line is left to the exact way',
    after: 'the line takes the slow path, the full parser',
  },
  {
    pattern: /\bonly once it is whole\b|\bonce (?:they are|it is) whole\b|\bnot whole\b/i,
    before: 'A file has its name only once it is whole.',
    after: 'Output is written atomically.',
  },
  {
    pattern: /\bmend(?:s|ed)?\b/i,
    before: 'the command that mends it',
    after: 'the command that fixes it',
  },
  {
    pattern:
      /\b(?:object|record|event|row|sentence|text|line|request|word)s? a (?:line|file|second|row|request|event)\b/i,
    before: 'one JSON object a line',
    after: 'one JSON object per line',
  },
  { pattern: /\d %(?![sdijop]\b)/, before: '5 %', after: '5%; with 5 %s' },
];

/** All phrases that are not to come back, in the order of docs/style.md. */
const droppedPhrases: readonly DroppedPhrase[] = [
  ...negations,
  ...clauses,
  ...requirements,
  ...speech,
  ...motions,
  ...manners,
];

export { type DroppedPhrase, droppedPhrases };
