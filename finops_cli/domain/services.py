"""The AWS services, under every name that a bill, an API or a person gives them.

Cost Explorer says "Amazon Simple Storage Service", a CUR says "AmazonS3", FOCUS says what the
product page says and people say "s3". Questions and flags are read into the Cost Explorer name,
and `same_service` finds the spelling that a particular bill uses.

EC2 is the odd one: Cost Explorer splits it into "Amazon Elastic Compute Cloud - Compute" and
"EC2 - Other" (volumes, snapshots, NAT, transfer), while CUR and FOCUS file both under one product.
A word such as "AmazonEC2" therefore means both, compute first.

Every AWS product code and name in the published exports at hand is here. Cost Explorer names, and
codes that no such export holds, are from memory and wait for a check against a live account: a
wrong or missing spelling costs a "did you mean", never a wrong total.
"""

from dataclasses import dataclass
from functools import cache

from finops_cli.domain.tables import read_table


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its Cost Explorer SERVICE name and everything else it is called."""

    name: str
    spellings: tuple[str, ...]


_TABLE = """
# compute
Amazon Elastic Compute Cloud - Compute = ec2 | ec2 compute | ec2 instances | ec2 instance
    | elastic compute cloud | virtual machines | AmazonEC2 | Amazon Elastic Compute Cloud
    | Amazon EC2
EC2 - Other = ec2 other | EC2-Other | ebs | ebs volumes | ebs volume | elastic block store | gp2
    | gp3 | gp2 volumes | gp3 volumes | io1 | io2 | snapshots | snapshot | ebs snapshots | nat
    | nats | nat gw | nat gateway | nat gateways | natgw | natgateway | AmazonEC2
    | Amazon Elastic Compute Cloud | Amazon Elastic Block Store | Amazon EBS
AWS Lambda = lambda | lambdas | lambda functions | AWSLambda
Amazon Elastic Container Service = ecs | fargate | aws fargate | AmazonECS | Amazon ECS
    | AWSFargate
Amazon Elastic Container Service for Kubernetes = eks | eks cluster | eks clusters | AmazonEKS
    | Amazon EKS | Amazon Elastic Kubernetes Service | elastic kubernetes service
Amazon EC2 Container Registry (ECR) = ecr | container registry | elastic container registry
    | AmazonECR | Amazon ECR | Amazon Elastic Container Registry | Amazon EC2 Container Registry
    | AmazonECRPublic
Amazon Lightsail = lightsail | AmazonLightsail
AWS Batch = batch | AWSBatch
AWS App Runner = app runner | apprunner | AWSAppRunner
AWS Elastic Beanstalk = beanstalk | elastic beanstalk | AWSElasticBeanstalk
AWS Outposts = outposts | AWSOutposts
Amazon Elastic MapReduce = emr | elastic mapreduce | ElasticMapReduce | Amazon EMR
Amazon EMR Serverless = emr serverless | AmazonEMRServerless
# storage
Amazon Simple Storage Service = s3 | s3 buckets | s3 storage | simple storage service | AmazonS3
    | Amazon S3
Amazon Glacier = glacier | s3 glacier | AmazonGlacier | Amazon S3 Glacier
    | Amazon S3 Glacier Deep Archive | AmazonS3GlacierDeepArchive
Amazon Elastic File System = efs | elastic file system | AmazonEFS | Amazon EFS
Amazon FSx = fsx | fsx for lustre | fsx for windows | AmazonFSx
AWS Backup = backup | backups | aws backups | AWSBackup
AWS Storage Gateway = storage gateway | AWSStorageGateway
AWS DataSync = datasync | AWSDataSync
AWS Transfer Family = transfer family | aws sftp | AWSTransfer
AWS Snowball = snowball | AWSImportExport | AWS Snow Family
# databases
Amazon Relational Database Service = rds | aurora | amazon aurora | aurora serverless
    | rds instances | relational database service | AmazonRDS | Amazon RDS
Amazon DynamoDB = dynamodb | dynamo | dynamo db | ddb | AmazonDynamoDB
Amazon ElastiCache = elasticache | elasticache redis | AmazonElastiCache
Amazon MemoryDB = memorydb | AmazonMemoryDB | Amazon MemoryDB for Redis
Amazon Redshift = redshift | redshift cluster | AmazonRedshift
Amazon OpenSearch Service = opensearch | elasticsearch | open search | AmazonES
    | Amazon Elasticsearch Service | AmazonOpenSearchService
    | Amazon OpenSearch Service (successor to Amazon Elasticsearch Service)
Amazon DocumentDB (with MongoDB compatibility) = documentdb | docdb | document db | AmazonDocDB
    | Amazon DocumentDB
Amazon Neptune = neptune | AmazonNeptune
Amazon Timestream = timestream | AmazonTimestream
Amazon Keyspaces = keyspaces | AmazonMCS | Amazon Keyspaces (for Apache Cassandra)
Amazon Quantum Ledger Database = qldb | AmazonQLDB
Amazon SimpleDB = simpledb | AmazonSimpleDB
AWS Database Migration Service = dms | database migration service | AWSDatabaseMigrationSvc
# network
Amazon Virtual Private Cloud = vpc | vpcs | public ipv4 | public ipv4 addresses
    | public ipv4 address | public ipv4 addrs | public ip addresses | public ips | ipv4 addresses
    | eip | eips | elastic ip | elastic ips | elastic ip addresses | vpn | site to site vpn
    | privatelink | transit gateway | tgw | AmazonVPC | Amazon VPC
Amazon Elastic Load Balancing = elb | elbs | alb | albs | nlb | nlbs | load balancer
    | load balancers | elastic load balancer | elastic load balancers | AWSELB
    | Elastic Load Balancing
Amazon CloudFront = cloudfront | cloud front | cdn | AmazonCloudFront
Amazon Route 53 = route 53 | route53 | r53 | AmazonRoute53
AWS Direct Connect = direct connect | directconnect | AWSDirectConnect
AWS Global Accelerator = global accelerator | AWSGlobalAccelerator
AWS Data Transfer = aws data transfer | AWSDataTransfer
Amazon API Gateway = api gateway | apigateway | apigw | api gw | AmazonApiGateway
AWS Network Firewall = network firewall | AWSNetworkFirewall
AWS Cloud Map = cloud map | AWSCloudMap
AWS App Mesh = app mesh | AWSAppMesh
Amazon VPC Lattice = vpc lattice | AmazonVPCLattice
# analytics and streaming
Amazon Athena = athena | AmazonAthena
AWS Glue = glue | glue jobs | AWSGlue
Amazon Kinesis = kinesis | kinesis data streams | AmazonKinesis | Amazon Kinesis Data Streams
Amazon Kinesis Firehose = firehose | kinesis firehose | data firehose | AmazonKinesisFirehose
    | Amazon Data Firehose | Amazon Kinesis Data Firehose
Amazon Kinesis Analytics = kinesis analytics | managed flink | AmazonKinesisAnalytics
    | Amazon Managed Service for Apache Flink
Amazon Kinesis Video Streams = kinesis video | AmazonKinesisVideo
Amazon Managed Streaming for Apache Kafka = msk | kafka | managed kafka | AmazonMSK | Amazon MSK
Amazon QuickSight = quicksight | quick sight | AmazonQuickSight | Amazon Quick Suite
AWS Lake Formation = lake formation | AWSLakeFormation
Amazon DataZone = datazone | AmazonDataZone
Amazon Managed Workflows for Apache Airflow = mwaa | airflow | managed airflow | AmazonMWAA
    | Amazon Managed Workflows for Apache Airflow (MWAA)
Amazon CloudSearch = cloudsearch | AmazonCloudSearch
# machine learning
Amazon SageMaker = sagemaker | sage maker | sagemaker ai | AmazonSageMaker | Amazon SageMaker AI
Amazon Bedrock = bedrock | AmazonBedrock | AmazonBedrockService
Amazon Bedrock AgentCore = agentcore | bedrock agentcore | AmazonBedrockAgentCore
Amazon Q = amazon q | q developer | amazon q developer | q business | AmazonQ
Amazon Rekognition = rekognition | AmazonRekognition
Amazon Textract = textract | AmazonTextract
Amazon Comprehend = comprehend | AmazonComprehend
Amazon Transcribe = transcribe | AmazonTranscribe
Amazon Translate = translate | AmazonTranslate
Amazon Polly = polly | AmazonPolly
Amazon Lex = lex | AmazonLex
Amazon Kendra = kendra | AmazonKendra
Amazon Personalize = personalize | AmazonPersonalize
Amazon Forecast = amazon forecast | AmazonForecast
AWS HealthLake = healthlake | AmazonHealthLake
# management, monitoring and cost tools
AmazonCloudWatch = cloudwatch | cloud watch | cw | cloudwatch logs | cloudwatch metrics
    | log groups | Amazon CloudWatch
AWS CloudTrail = cloudtrail | cloud trail | AWSCloudTrail
AWS Config = config | AWSConfig
AWS X-Ray = x-ray | xray | AWSXRay
AWS Systems Manager = systems manager | ssm | parameter store | AWSSystemsManager
AWS CloudFormation = cloudformation | cloud formation | AWSCloudFormation
AWS Service Catalog = service catalog | AWSServiceCatalog
AWS Cost Explorer = cost explorer | AWSCostExplorer
AWS Budgets = aws budgets | AWSBudgets
AWS Organizations = organizations | AWSOrganizations
AWS Control Tower = control tower | AWSControlTower
Amazon Managed Grafana = grafana | managed grafana | amg | AmazonGrafana
Amazon Managed Service for Prometheus = prometheus | managed prometheus | amp | AmazonPrometheus
# security and identity
AWS Key Management Service = kms | key management service | awskms | AWSKeyManagementService
AWS Secrets Manager = secrets manager | secret manager | AWSSecretsManager
Amazon GuardDuty = guardduty | guard duty | AmazonGuardDuty
AWS Security Hub = security hub | securityhub | AWSSecurityHub
Amazon Inspector = inspector | AmazonInspector | AmazonInspectorV2
Amazon Macie = macie | AmazonMacie
Amazon Detective = detective | AmazonDetective
AWS WAF = waf | awswaf | web application firewall
AWS Shield = shield | shield advanced | AWSShield
AWS Firewall Manager = firewall manager | AWSFMS
AWS Certificate Manager = acm | certificate manager | AWSCertificateManager | ACM Private CA
    | AWS Private Certificate Authority
AWS CloudHSM = CloudHSM | cloud hsm
AWS Directory Service = directory service | AWSDirectoryService
Amazon Cognito = cognito | AmazonCognito
Amazon Security Lake = security lake | AmazonSecurityLake
AWS Payment Cryptography = payment cryptography | AWSPaymentCryptography
# messaging and integration
Amazon Simple Queue Service = sqs | simple queue service | AWSQueueService | Amazon SQS
Amazon Simple Notification Service = sns | simple notification service | AmazonSNS | Amazon SNS
Amazon Simple Email Service = ses | simple email service | AmazonSES | Amazon SES
AWS Step Functions = step functions | stepfunctions | step function | sfn | AmazonStates
Amazon EventBridge = eventbridge | event bridge | CloudWatch Events | CloudWatchEvents | AWSEvents
Amazon MQ = amazon mq | AmazonMQ
AWS AppSync = appsync | app sync | AWSAppSync
Amazon AppFlow = appflow | AmazonAppFlow
Amazon Pinpoint = pinpoint | AmazonPinpoint
AWS End User Messaging = end user messaging | AWSEndUserMessaging
Amazon Connect = connect | AmazonConnect
# developers, end users, media, devices
AWS CodeBuild = CodeBuild | code build
AWS CodePipeline = codepipeline | code pipeline | AWSCodePipeline
AWS CodeCommit = codecommit | AWSCodeCommit
AWS CodeArtifact = codeartifact | AWSCodeArtifact
AWS Amplify = amplify | AWSAmplify
AWS CloudShell = cloudshell | cloud shell | AWSCloudShell
AWS Migration Hub Refactor Spaces = refactor spaces | AWSMigrationHubRefactorSpaces
AWS Device Farm = device farm | AWSDeviceFarm
Amazon WorkSpaces = workspaces | AmazonWorkSpaces
Amazon AppStream = appstream | AmazonAppStream | Amazon WorkSpaces Applications
Amazon WorkMail = workmail | AmazonWorkMail
Amazon Chime = chime | AmazonChime
AWS Elemental MediaConvert = mediaconvert | AWSElementalMediaConvert
AWS Elemental MediaLive = medialive | AWSElementalMediaLive
AWS Elemental MediaPackage = mediapackage | AWSElementalMediaPackage
AWS Elemental MediaStore = mediastore | AWSElementalMediaStore
Amazon Interactive Video Service = ivs | interactive video service | AmazonIVS
Amazon GameLift = gamelift | AmazonGameLift
AWS IoT = iot | iot core | AWSIoT | AWS IoT Core
AWS IoT Device Management = iot device management | IoTDeviceManagement
AWS IoT Greengrass = greengrass | AWSGreengrass
Amazon Location Service = location service | AmazonLocationService
AWS Application Migration Service = application migration service | AWSApplicationMigrationSvc
# what is billed beside the services
AWS Support = support | support plan | aws support plan | premium support | AWS Support (Business)
    | AWS Support (Developer) | AWS Support (Enterprise) | AWSSupportBusiness
    | AWSSupportDeveloper | AWSSupportEnterprise | AWSDeveloperSupport | AWS Premium Support
AWS Marketplace = marketplace | AWSMarketplace
Savings Plans for AWS Compute usage = ComputeSavingsPlans | AWS Compute Savings Plans
Savings Plans for AWS Machine Learning = MachineLearningSavingsPlans
    | AWS Machine Learning Savings Plans
Tax = tax | taxes | vat | gst | sales tax
Amazon Registrar = registrar | domain registration | AmazonRegistrar
"""

SERVICES = tuple(Service(name, tuple(spellings)) for name, spellings in read_table(_TABLE))


def same_service(word: str) -> tuple[str, ...]:
    """Return every other spelling of the service that a word means, the bill's names included.

    Args:
        word: A Cost Explorer name, product code, product name or alias, in any case.

    Returns:
        The Cost Explorer name first, then the other spellings; of both services where two share
        the word; empty where no service is called that. Compare them casefolded with a bill's
        values.
    """
    wanted = word.strip().casefold()
    names: dict[str, None] = {}
    for service in _by_spelling().get(wanted, ()):
        names.update(dict.fromkeys((service.name, *service.spellings)))
    return tuple(name for name in names if name.casefold() != wanted)


def short_name(name: str) -> str:
    """Return the shortest word that still means a service of this name, or the name itself.

    Args:
        name: A service as a bill spells it.
    """
    found = _by_spelling().get(name.casefold(), ())
    return found[0].spellings[0] if found else name


@cache
def _by_spelling() -> dict[str, tuple[Service, ...]]:
    found: dict[str, tuple[Service, ...]] = {}
    for service in SERVICES:
        for spelling in {name.casefold() for name in (service.name, *service.spellings)}:
            found[spelling] = (*found.get(spelling, ()), service)
    return found
