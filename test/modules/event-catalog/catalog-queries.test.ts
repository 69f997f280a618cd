import { resourcesInConfigurations } from '../in-configurations';
import { isSavedQuery } from './catalog-parts';

describe('the saved queries of the catalog', () => {
  it('match their snapshot in every configuration', () => {
    expect(resourcesInConfigurations('catalog', isSavedQuery)).toMatchSnapshot();
  });
});
