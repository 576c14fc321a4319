"""What things cost: usage types with their units and us-east-1 prices.

Prices are AWS's public on-demand ones to within what a demo needs; committed rates are those of a
one-year term without upfront payment (all upfront for cache nodes).
"""

from typing import Final

from finops_cli.sources.demo import services as s
from finops_cli.sources.demo.model import Meter

_INSTANCE = "i-0{hex}"
_VOLUME = "vol-0{hex}"
DATABASE = "arn:aws:rds:{region}:{account}:db:{name}"
_BALANCER = "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/{name}/{hex}"
_GATEWAY = "arn:aws:ec2:{region}:{account}:natgateway/nat-0{hex}"
_ADDRESS = "arn:aws:ec2:{region}:{account}:elastic-ip/eipalloc-0{hex}"
_FUNCTION = "arn:aws:lambda:{region}:{account}:function:{name}"


def ec2(instance: str, price: str, committed: str | None = None) -> Meter:
    """Return the on-demand Linux meter of an instance type."""
    return Meter(
        service=s.EC2,
        usage_type=f"{{classic}}BoxUsage:{instance}",
        unit="Hrs",
        price=price,
        text=f"per On Demand Linux {instance} Instance Hour",
        operation="RunInstances",
        resource=_INSTANCE,
        kind="instance",
        committed=committed,
        counted=True,
    )


def database(instance: str, price: str, committed: str | None = None) -> Meter:
    """Return the on-demand MySQL meter of a database instance type."""
    return Meter(
        service=s.RDS,
        usage_type=f"{{classic}}InstanceUsage:{instance}",
        unit="Hrs",
        price=price,
        text=f"per {instance} Single-AZ instance hour (or partial hour) running MySQL",
        operation="CreateDBInstance:0002",
        resource=DATABASE,
        kind="db",
        committed=committed,
        counted=True,
    )


def _ebs(usage: str, price: str, text: str, resource: str, kind: str) -> Meter:
    return Meter(s.EC2_OTHER, f"{{classic}}EBS:{usage}", "GB-Mo", price, text, None, resource, kind)


M5_2XLARGE: Final = ec2("m5.2xlarge", "0.384", "0.28")
M5_4XLARGE: Final = ec2("m5.4xlarge", "0.768", "0.56")
M5_8XLARGE: Final = ec2("m5.8xlarge", "1.536")
M4_2XLARGE: Final = ec2("m4.2xlarge", "0.4")
C4_4XLARGE: Final = ec2("c4.4xlarge", "0.796")
C5_2XLARGE: Final = ec2("c5.2xlarge", "0.34")
C5_4XLARGE: Final = ec2("c5.4xlarge", "0.68", "0.5")
C6I_8XLARGE: Final = ec2("c6i.8xlarge", "1.36")
R5_4XLARGE: Final = ec2("r5.4xlarge", "1.008")
R5_8XLARGE: Final = ec2("r5.8xlarge", "2.016")
R6I_4XLARGE: Final = ec2("r6i.4xlarge", "1.008")
I3_4XLARGE: Final = ec2("i3.4xlarge", "1.248")
T3_XLARGE: Final = ec2("t3.xlarge", "0.1664")
G4DN_2XLARGE: Final = ec2("g4dn.2xlarge", "0.752")
G5_12XLARGE: Final = ec2("g5.12xlarge", "5.672")
P4D_24XLARGE: Final = ec2("p4d.24xlarge", "32.7726")
SPOT_C5_4XLARGE: Final = Meter(
    service=s.EC2,
    usage_type="{classic}SpotUsage:c5.4xlarge",
    unit="Hrs",
    price="0.2618",
    text="per c5.4xlarge Linux Spot instance-hour",
    operation="RunInstances:SV001",
    resource=_INSTANCE,
    kind="instance",
    counted=True,
    pricing="Dynamic",
)

GP2: Final = _ebs("VolumeUsage.gp2", "0.1", "per GB-month of gp2 storage", _VOLUME, "volume")
GP3: Final = _ebs("VolumeUsage.gp3", "0.08", "per GB-month of gp3 storage", _VOLUME, "volume")
SNAPSHOT: Final = _ebs("SnapshotUsage", "0.05", "per GB-month of snapshots", "snap-0{hex}", "snap")

# fmt: off
NAT_HOURS: Final = Meter(
    s.EC2_OTHER, "{classic}NatGateway-Hours", "Hrs", "0.045", "per NAT Gateway Hour",
    "NatGateway", _GATEWAY, "natgateway", counted=True,
)
NAT_BYTES: Final = Meter(
    s.EC2_OTHER, "{classic}NatGateway-Bytes", "GB", "0.045",
    "per GB Data Processed by NAT Gateways", "NatGateway", _GATEWAY, "natgateway",
)
EGRESS: Final = Meter(
    s.EC2_OTHER, "{classic}DataTransfer-Out-Bytes", "GB", "0.09",
    "per GB data transfer out to the internet", "RunInstances", _INSTANCE, "instance", flat=True,
)
REGIONAL: Final = Meter(
    s.EC2_OTHER, "{classic}DataTransfer-Regional-Bytes", "GB", "0.01",
    "per GB regional data transfer between Availability Zones", "InterZone-In", flat=True,
)
IPV4: Final = Meter(
    s.VPC, "{classic}PublicIPv4:InUseAddress", "Hrs", "0.005",
    "per In-use public IPv4 address per hour", "RunInstances", _ADDRESS, "elastic-ip",
    counted=True, flat=True,
)
IPV4_IDLE: Final = Meter(
    s.VPC, "{classic}PublicIPv4:IdleAddress", "Hrs", "0.005",
    "per Idle public IPv4 address per hour", "AllocateAddressVPC", _ADDRESS, "elastic-ip",
    counted=True, flat=True,
)
BALANCER_HOURS: Final = Meter(
    s.ELB, "{classic}LoadBalancerUsage", "Hrs", "0.0225", "per Application LoadBalancer-hour",
    "LoadBalancing:Application", _BALANCER, "loadbalancer", counted=True,
)
BALANCER_LCU: Final = Meter(
    s.ELB, "{classic}LCUUsage", "LCU-Hrs", "0.008", "per used Application load balancer LCU-hour",
    "LoadBalancing:Application", _BALANCER, "loadbalancer",
)
CDN_US: Final = Meter(
    s.CLOUDFRONT, "US-DataTransfer-Out-Bytes", "GB", "0.085", "per GB data transfer out (US)",
    "GET", "arn:aws:cloudfront::{account}:distribution/E{hex}", "distribution", flat=True,
)
CDN_EU: Final = Meter(
    s.CLOUDFRONT, "EU-DataTransfer-Out-Bytes", "GB", "0.085", "per GB data transfer out (Europe)",
    "GET", "arn:aws:cloudfront::{account}:distribution/E{hex}", "distribution", flat=True,
)
DNS_QUERIES: Final = Meter(
    s.ROUTE53, "DNS-Queries", "Queries", "0.0000004", "per query for the first 1 Billion / month",
    "A", flat=True,
)

S3_STORAGE: Final = Meter(
    s.S3, "{classic}TimedStorage-ByteHrs", "GB-Mo", "0.023", "per GB-month of S3 Standard storage",
    "StandardStorage", "{name}-{account}", "bucket",
)
S3_PUTS: Final = Meter(
    s.S3, "{classic}Requests-Tier1", "Requests", "0.000005",
    "per PUT, COPY, POST, or LIST request", "PutObject", "{name}-{account}", "bucket",
)
S3_GETS: Final = Meter(
    s.S3, "{classic}Requests-Tier2", "Requests", "0.0000004",
    "per GET and all other requests", "GetObject", "{name}-{account}", "bucket",
)
EFS_STORAGE: Final = Meter(
    s.EFS, "{classic}TimedStorage-ByteHrs", "GB-Mo", "0.3", "per GB-Mo of EFS Standard storage",
    None, "arn:aws:elasticfilesystem:{region}:{account}:file-system/fs-0{hex}", "file-system",
)
BACKUP_STORAGE: Final = Meter(
    s.BACKUP, "{coded}WarmStorage-ByteHrs-EBS", "GB-Mo", "0.05", "per GB-month of EBS backup",
    "Storage", "arn:aws:backup:{region}:{account}:backup-vault:{name}", "backup-vault",
)
ECR_STORAGE: Final = Meter(
    s.ECR, "{classic}TimedStorage-ByteHrs", "GB-Mo", "0.1", "per GB-month of data storage",
    None, "arn:aws:ecr:{region}:{account}:repository/{name}", "repository",
)

LAMBDA_SECONDS: Final = Meter(
    s.LAMBDA, "{classic}Lambda-GB-Second", "Lambda-GB-Second", "0.0000166667",
    "per GB-second of compute", "Invoke", _FUNCTION, "function", flat=True,
)
LAMBDA_REQUESTS: Final = Meter(
    s.LAMBDA, "{classic}Request", "Requests", "0.0000002", "per Lambda request", "Invoke",
    _FUNCTION, "function", flat=True,
)
FARGATE_CPU: Final = Meter(
    s.ECS, "{coded}Fargate-vCPU-Hours:perCPU", "hours", "0.04048", "per vCPU per hour",
    "FargateTask", "arn:aws:ecs:{region}:{account}:service/main/{name}", "service",
)
FARGATE_MEMORY: Final = Meter(
    s.ECS, "{coded}Fargate-GB-Hours", "hours", "0.004445", "per GB per hour", "FargateTask",
    "arn:aws:ecs:{region}:{account}:service/main/{name}", "service",
)
CLUSTER_HOURS: Final = Meter(
    s.EKS, "{coded}AmazonEKS-Hours:perCluster", "Hours", "0.1", "per cluster hour",
    "CreateOperation", "arn:aws:eks:{region}:{account}:cluster/{name}", "cluster",
    counted=True, flat=True,
)
# fmt: on
