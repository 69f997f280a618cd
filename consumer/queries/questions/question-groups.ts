/** The questions by subject, in a typical order of use. */
const questionGroups: Readonly<Record<string, readonly string[]>> = {
  'How are we doing?': ['health', 'daily', 'statuses', 'campaigns'],
  'Who does better or worse?': ['domains', 'configuration-sets', 'senders'],
  'What went wrong?': [
    'bounces',
    'complaints',
    'suppression',
    'delays',
    'delivery-times',
    'rejections',
    'rendering-failures',
  ],
  'Who reads it?': ['machines', 'links', 'subscriptions'],
  'Is the archive whole?': ['kinds', 'missing', 'gaps', 'late-events'],
};

export { questionGroups };
