/** The questions by what they are about, in the order in which people ask them. */
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
