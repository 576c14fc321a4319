"""What data services, machine learning, observability and security cost.

The second half of the price table: `meters` holds compute, storage and networks.
"""

from typing import Final

from finops_cli.sources.demo import services as s
from finops_cli.sources.demo.meters import DATABASE, database
from finops_cli.sources.demo.model import Meter

_LOGS = "arn:aws:logs:{region}:{account}:log-group:{name}"
_TABLE = "arn:aws:dynamodb:{region}:{account}:table/{name}"
_CACHE = "arn:aws:elasticache:{region}:{account}:cluster:{name}"
_DOMAIN = "arn:aws:es:{region}:{account}:domain/{name}"

DB_R5_2XLARGE: Final = database("db.r5.2xlarge", "1")
DB_R6G_XLARGE: Final = database("db.r6g.xlarge", "0.43")
DB_R6G_2XLARGE: Final = database("db.r6g.2xlarge", "0.86", "0.57")
# fmt: off
DB_STORAGE: Final = Meter(
    s.RDS, "{classic}RDS:GP2-Storage", "GB-Mo", "0.115", "per GB-month of provisioned gp2 storage",
    "CreateDBInstance:0002", DATABASE, "db",
)
DB_BACKUP: Final = Meter(
    s.RDS, "{classic}RDS:ChargedBackupUsage", "GB-Mo", "0.095", "per additional GB-month of backup",
    "CreateDBInstance", "arn:aws:rds:{region}:{account}:auto-backup:ab-{hex}", "auto-backup",
)
DYNAMO_READS: Final = Meter(
    s.DYNAMODB, "{classic}ReadRequestUnits", "ReadRequestUnits", "0.000000125",
    "per read request unit", "PayPerRequestThroughput", _TABLE, "table",
)
DYNAMO_WRITES: Final = Meter(
    s.DYNAMODB, "{classic}WriteRequestUnits", "WriteRequestUnits", "0.000000625",
    "per write request unit", "PayPerRequestThroughput", _TABLE, "table",
)
CACHE_R6G_LARGE: Final = Meter(
    s.ELASTICACHE, "{classic}NodeUsage:cache.r6g.large", "Hrs", "0.206",
    "per R6g Cache Large node hour running Redis", "CreateCacheCluster:0002", _CACHE, "cluster",
    committed="0.131", counted=True,
)
REDSHIFT_NODE: Final = Meter(
    s.REDSHIFT, "{classic}Node:ra3.xlplus", "Hrs", "1.086", "per RA3.XLPLUS Compute Node-hour",
    "RunComputeNode:0001", "arn:aws:redshift:{region}:{account}:cluster:{name}", "cluster",
    counted=True,
)
SEARCH_NODE: Final = Meter(
    s.OPENSEARCH, "{classic}ESInstance:r6g.large", "Hrs", "0.167",
    "per r6g.large.search instance hour (or partial hour)", "ESDomain", _DOMAIN, "domain",
    counted=True,
)
SEARCH_STORAGE: Final = Meter(
    s.OPENSEARCH, "{classic}ES:GP2-Storage", "GB-Mo", "0.135", "per GB-month of gp2 storage",
    "ESDomain", _DOMAIN, "domain",
)
ATHENA_SCANS: Final = Meter(
    s.ATHENA, "{coded}DataScannedInTB", "Terabytes", "5", "per Terabyte data scanned",
    None, "arn:aws:athena:{region}:{account}:workgroup/{name}", "workgroup", flat=True,
)
GLUE_HOURS: Final = Meter(
    s.GLUE, "{coded}ETL-DPU-Hour", "DPU-Hour", "0.44", "per Data Processing Unit-Hour for ETL job",
    "Jobrun", "arn:aws:glue:{region}:{account}:job/{name}", "job", flat=True,
)
KINESIS_SHARDS: Final = Meter(
    s.KINESIS, "{classic}Storage-ShardHour", "ShardHour", "0.015", "per shard-hour",
    "shardHourStorage", "arn:aws:kinesis:{region}:{account}:stream/{name}", "stream",
)
KAFKA_BROKER: Final = Meter(
    s.MSK, "{coded}Kafka.m5.large", "hours", "0.21", "per hour for a kafka.m5.large broker",
    "RunBroker", "arn:aws:kafka:{region}:{account}:cluster/{name}/{hex}", "cluster", counted=True,
)
ENDPOINT: Final = Meter(
    s.SAGEMAKER, "{coded}Host:ml.m5.xlarge", "Hrs", "0.23", "per Host ml.m5.xlarge hour",
    "RunInstance", "arn:aws:sagemaker:{region}:{account}:endpoint/{name}", "endpoint",
    counted=True,
)
TOKENS_IN: Final = Meter(
    s.BEDROCK, "{coded}NovaPro-input-tokens", "1K tokens", "0.0008", "per 1K Nova Pro input tokens",
    "InvokeModelInference", flat=True,
)
TOKENS_OUT: Final = Meter(
    s.BEDROCK, "{coded}NovaPro-output-tokens", "1K tokens", "0.0032",
    "per 1K Nova Pro output tokens", "InvokeModelInference", flat=True,
)
QUEUE_REQUESTS: Final = Meter(
    s.SQS, "{classic}Requests-Tier1", "Requests", "0.0000004", "per Amazon SQS standard request",
    "SendMessage", "arn:aws:sqs:{region}:{account}:{name}", "queue", flat=True,
)
TRANSITIONS: Final = Meter(
    s.STEP_FUNCTIONS, "{coded}StateTransition", "StateTransitions", "0.000025",
    "per state transition", None, "arn:aws:states:{region}:{account}:stateMachine:{name}",
    "stateMachine", flat=True,
)
LOG_INGESTION: Final = Meter(
    s.CLOUDWATCH, "{coded}DataProcessing-Bytes", "GB", "0.5",
    "per GB custom log data ingested in Standard Class", "PutLogEvents", _LOGS, "log-group",
)
LOG_STORAGE: Final = Meter(
    s.CLOUDWATCH, "{coded}TimedStorage-ByteHrs", "GB-Mo", "0.03", "per GB-mo of log storage",
    "HourlyStorageMetering", _LOGS, "log-group",
)
METRICS: Final = Meter(
    s.CLOUDWATCH, "{classic}CW:MetricMonitorUsage", "Metric-Mo", "0.3",
    "per metric-month for the first 10,000 metrics", "MetricStorage", flat=True,
)
TRAIL_EVENTS: Final = Meter(
    s.CLOUDTRAIL, "{coded}PaidEventsRecorded", "Events", "0.00002",
    "per additional management event recorded", None, flat=True,
)
CONFIG_ITEMS: Final = Meter(
    s.CONFIG, "{coded}ConfigurationItemRecorded", "ConfigurationItemRecorded", "0.003",
    "per Configuration Item recorded", None, flat=True,
)
KMS_KEYS: Final = Meter(
    s.KMS, "{region}-KMS-Keys", "Keys-Mo", "1", "per customer managed key version", "Unknown",
    flat=True,
)
SECRETS: Final = Meter(
    s.SECRETS, "{coded}AWSSecretsManager-Secrets", "Secrets-Mo", "0.4", "per Secret per month",
    None, flat=True,
)
GUARD_EVENTS: Final = Meter(
    s.GUARDDUTY, "{coded}PaidEventsAnalyzed", "Events", "0.000004", "per CloudTrail event analyzed",
    None, flat=True,
)
# fmt: on
