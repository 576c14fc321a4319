"""The services on the bill, under the names Cost Explorer gives them."""

from typing import Final

from finops_cli.sources.demo.model import Service

_COMPUTE = "Compute"
_STORAGE = "Storage"
_NETWORK = "Networking"
_DATABASES = "Databases"
_ANALYTICS = "Analytics"
_AI = "AI and Machine Learning"
_GOVERNANCE = "Management and Governance"
_SECURITY = "Security"
_INTEGRATION = "Integration"

EC2: Final = Service("Amazon Elastic Compute Cloud - Compute", "AmazonEC2", _COMPUTE)
EC2_OTHER: Final = Service("EC2 - Other", "AmazonEC2", _COMPUTE)
VPC: Final = Service("Amazon Virtual Private Cloud", "AmazonVPC", _NETWORK)
ELB: Final = Service("Amazon Elastic Load Balancing", "AWSELB", _NETWORK)
CLOUDFRONT: Final = Service("Amazon CloudFront", "AmazonCloudFront", _NETWORK)
ROUTE53: Final = Service("Amazon Route 53", "AmazonRoute53", _NETWORK)
S3: Final = Service("Amazon Simple Storage Service", "AmazonS3", _STORAGE)
EFS: Final = Service("Amazon Elastic File System", "AmazonEFS", _STORAGE)
BACKUP: Final = Service("AWS Backup", "AWSBackup", _STORAGE)
ECR: Final = Service("Amazon EC2 Container Registry (ECR)", "AmazonECR", _COMPUTE)
LAMBDA: Final = Service("AWS Lambda", "AWSLambda", _COMPUTE)
ECS: Final = Service("Amazon Elastic Container Service", "AmazonECS", _COMPUTE)
EKS: Final = Service("Amazon Elastic Container Service for Kubernetes", "AmazonEKS", _COMPUTE)
RDS: Final = Service("Amazon Relational Database Service", "AmazonRDS", _DATABASES)
DYNAMODB: Final = Service("Amazon DynamoDB", "AmazonDynamoDB", _DATABASES)
ELASTICACHE: Final = Service("Amazon ElastiCache", "AmazonElastiCache", _DATABASES)
REDSHIFT: Final = Service("Amazon Redshift", "AmazonRedshift", _ANALYTICS)
OPENSEARCH: Final = Service("Amazon OpenSearch Service", "AmazonES", _ANALYTICS)
ATHENA: Final = Service("Amazon Athena", "AmazonAthena", _ANALYTICS)
GLUE: Final = Service("AWS Glue", "AWSGlue", _ANALYTICS)
KINESIS: Final = Service("Amazon Kinesis", "AmazonKinesis", _ANALYTICS)
MSK: Final = Service("Amazon Managed Streaming for Apache Kafka", "AmazonMSK", _ANALYTICS)
SAGEMAKER: Final = Service("Amazon SageMaker", "AmazonSageMaker", _AI)
BEDROCK: Final = Service("Amazon Bedrock", "AmazonBedrock", _AI)
SQS: Final = Service("Amazon Simple Queue Service", "AWSQueueService", _INTEGRATION)
STEP_FUNCTIONS: Final = Service("AWS Step Functions", "AmazonStates", _INTEGRATION)
CLOUDWATCH: Final = Service("AmazonCloudWatch", "AmazonCloudWatch", _GOVERNANCE)
CLOUDTRAIL: Final = Service("AWS CloudTrail", "AWSCloudTrail", _GOVERNANCE)
CONFIG: Final = Service("AWS Config", "AWSConfig", _GOVERNANCE)
SUPPORT: Final = Service("AWS Support (Business)", "AWSSupportBusiness", _GOVERNANCE)
KMS: Final = Service("AWS Key Management Service", "awskms", _SECURITY)
SECRETS: Final = Service("AWS Secrets Manager", "AWSSecretsManager", _SECURITY)
GUARDDUTY: Final = Service("Amazon GuardDuty", "AmazonGuardDuty", _SECURITY)
SAVINGS_PLANS: Final = Service(
    "Savings Plans for AWS Compute usage", "ComputeSavingsPlans", _COMPUTE
)
TRACEHOUND: Final = Service("Tracehound Observability", "8xk2v0tracehound", _GOVERNANCE)
PAGELARK: Final = Service("Pagelark On-Call", "3mq7d9pagelark", _GOVERNANCE)
TAX: Final = Service("Tax", "AWSTax", "Other")
