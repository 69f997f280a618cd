import { isSet, or } from '../cdktf/condition';
import { type BlockContent, beside, blocks } from '../cdktf/optional-block';
import type { Configured } from '../settings/configure';
import type { configurationSetSettings } from './configuration-set-settings';

type Settings = Configured<typeof configurationSetSettings.fields>;

/**
 * The options of a configuration set that are written only when a setting asks for them: a block that is there with
 * nothing in it is a change to a set that has none.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html
 */
function configurationSetBlocks(config: Settings): BlockContent {
  const { trackingDomain, trackingHttpsPolicy, vdmEngagementMetrics, vdmOptimizedSharedDelivery } = config;
  return beside(
    blocks('suppression_options', {
      condition: config.overrideSuppression,
      content: { suppressed_reasons: config.suppressedReasons },
    }),
    blocks('tracking_options', {
      condition: isSet(trackingDomain),
      content: {
        custom_redirect_domain: trackingDomain,
        ...(trackingHttpsPolicy !== undefined && { https_policy: trackingHttpsPolicy }),
      },
    }),
    blocks('vdm_options', {
      condition: or(isSet(vdmEngagementMetrics), isSet(vdmOptimizedSharedDelivery)),
      content: beside(
        blocks('dashboard_options', {
          condition: isSet(vdmEngagementMetrics),
          content: { engagement_metrics: vdmEngagementMetrics },
        }),
        blocks('guardian_options', {
          condition: isSet(vdmOptimizedSharedDelivery),
          content: { optimized_shared_delivery: vdmOptimizedSharedDelivery },
        }),
      ),
    }),
  );
}

export { configurationSetBlocks };
