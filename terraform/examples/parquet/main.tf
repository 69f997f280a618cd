provider "aws" {
  region = "eu-west-1"
}

locals {
  bucket   = "example-mail-parquet"
  location = "s3://${local.bucket}/parquet/"

  # Columns of the Parquet objects. Firehose compares keys in lowercase, and leaves out the fields that are not listed.
  columns = {
    eventtype = "string"
    mail = join("", [
      "struct<timestamp:string,messageid:string,source:string,sourcearn:string,sendingaccountid:string,",
      "destination:array<string>,commonheaders:struct<subject:string>,tags:map<string,array<string>>>",
    ])
    delivery = "struct<timestamp:string,processingtimemillis:bigint,smtpresponse:string,recipients:array<string>>"
    bounce = join("", [
      "struct<timestamp:string,bouncetype:string,bouncesubtype:string,feedbackid:string,",
      "bouncedrecipients:array<struct<emailaddress:string,action:string,status:string,diagnosticcode:string>>>",
    ])
    complaint = join("", [
      "struct<timestamp:string,complaintfeedbacktype:string,feedbackid:string,",
      "complainedrecipients:array<struct<emailaddress:string>>>",
    ])
    deliverydelay = join("", [
      "struct<timestamp:string,delaytype:string,expirationtime:string,",
      "delayedrecipients:array<struct<emailaddress:string,status:string,diagnosticcode:string>>>",
    ])
    reject  = "struct<reason:string>"
    failure = "struct<templatename:string,errormessage:string>"
    open    = "struct<timestamp:string,ipaddress:string,useragent:string>"
    click   = "struct<timestamp:string,ipaddress:string,useragent:string,link:string>"
  }
}

resource "aws_glue_catalog_database" "mail" {
  name = "mail"
}

resource "aws_glue_catalog_table" "events" {
  database_name = aws_glue_catalog_database.mail.name
  name          = "events"
  table_type    = "EXTERNAL_TABLE"

  # Athena computes the hours from these parameters, so that nothing has to add partitions.
  parameters = {
    EXTERNAL                    = "TRUE"
    classification              = "parquet"
    "projection.enabled"        = "true"
    "projection.dt.type"        = "date"
    "projection.dt.format"      = "yyyy-MM-dd"
    "projection.dt.range"       = "2026-03-01,NOW+1DAY"
    "projection.hour.type"      = "integer"
    "projection.hour.range"     = "0,23"
    "projection.hour.digits"    = "2"
    "storage.location.template" = "${local.location}dt=$${dt}/hour=$${hour}/"
  }

  partition_keys {
    name = "dt"
    type = "string"
  }
  partition_keys {
    name = "hour"
    type = "string"
  }

  storage_descriptor {
    location      = local.location
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }

    dynamic "columns" {
      for_each = local.columns
      content {
        name = columns.key
        type = columns.value
      }
    }
  }
}

module "email_events" {
  source = "../.."

  bucket_name        = local.bucket
  buffering_size     = 128
  parquet_conversion = true
  parquet_database   = aws_glue_catalog_table.events.database_name
  parquet_table      = aws_glue_catalog_table.events.name
}

output "events_location" { value = module.email_events.events_location }
output "parquet_location" { value = local.location }
