import { resourcesInConfigurations } from '../in-configurations';
import { isSavedQuery } from './catalog-parts';

describe('the saved queries of the catalog', () => {
  it('are in every configuration what they were', () => {
    expect(resourcesInConfigurations('catalog', isSavedQuery)).toMatchSnapshot();
  });
});
