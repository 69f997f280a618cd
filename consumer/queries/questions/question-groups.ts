/** The questions by subject, in a typical order of use. */
const questionGroups: Readonly<Record<string, readonly string[]>> = {
  Overview: ['health', 'trend', 'daily', 'statuses', 'campaigns', 'messages', 'emails'],
  Comparisons: ['domains', 'providers', 'configuration-sets', 'tenants', 'senders'],
  'Delivery problems': [
    'bounces',
    'complaints',
    'suppression',
    'delays',
    'delivery-times',
    'rejections',
    'rendering-failures',
  ],
  Engagement: ['machines', 'links', 'subscriptions'],
  Completeness: ['kinds', 'missing', 'gaps', 'late-events'],
};

export { questionGroups };
