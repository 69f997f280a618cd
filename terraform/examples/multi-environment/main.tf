# Each workspace has its own state and names: terraform workspace new staging
provider "aws" {
  region = "eu-west-1"
}

locals {
  production = terraform.workspace == "production"
}

module "email_events" {
  source = "../.."

  name            = "email-events-${terraform.workspace}"
  object_queue    = local.production
  expiration_days = local.production ? null : 120
  force_destroy   = !local.production
}

output "configuration_set_names" { value = module.email_events.configuration_set_names }
output "bucket_name" { value = module.email_events.bucket_name }
