"""Who the demo organisation is: its payer, accounts, regions, teams and rhythms.

A maker of home robots, about six years on AWS: a shop and its backend in production, a data
platform, a research group with GPUs, and the usual shared and security accounts.
"""

from typing import Final

from finops_cli.sources.demo.model import Account, Region, Shape

PAYER: Final = Account("900417362285", "pepper-robotics-payer", "shared")

PROD: Final = Account("318846207591", "prod", "production")
STAGING: Final = Account("072519348866", "staging", "staging")
ML: Final = Account("441026738812", "ml-research", "research")
DATA: Final = Account("586190274433", "data-platform", "production")
SHARED: Final = Account("703355918274", "shared-services", "shared")
SECURITY: Final = Account("127740981356", "security", "shared")

ACCOUNTS: Final = (PROD, STAGING, ML, DATA, SHARED, SECURITY)

USE1: Final = Region("us-east-1", "US East (N. Virginia)", "", "USE1-")
USW2: Final = Region("us-west-2", "US West (Oregon)", "USW2-", "USW2-")
EUW1: Final = Region("eu-west-1", "EU (Ireland)", "EU-", "EUW1-", "1.1")
EUC1: Final = Region("eu-central-1", "EU (Frankfurt)", "EUC1-", "EUC1-", "1.15")
GLOBAL: Final = Region("global", "Global")

REGIONS: Final = (USE1, USW2, EUW1, EUC1, GLOBAL)

COST_CENTERS: Final = {
    "storefront": "cc-1100",
    "payments": "cc-1200",
    "data": "cc-2100",
    "ml": "cc-2200",
    "platform": "cc-3100",
    "security": "cc-3200",
}

FLAT: Final = Shape()
STEADY: Final = Shape(noise=0.006, growth=0.010)
FLEET: Final = Shape(weekend=0.90, year_end=0.90, noise=0.015, growth=0.012)
TRAFFIC: Final = Shape(weekend=0.86, year_end=0.88, noise=0.035, growth=0.016)
OFFICE: Final = Shape(weekend=0.35, year_end=0.45, noise=0.02, growth=0.010)
BATCH: Final = Shape(weekend=0.92, year_end=0.90, month_end=1.45, noise=0.05, growth=0.012)
HOARD: Final = Shape(noise=0.002, growth=0.022)
"""Storage that only ever grows."""
