"""How people say things: families of phrases, as data.

Phrases are grouped in families ("why", "what caused" and "root cause" are all WHY), and rules speak
of families only. To teach the router a new way of saying something, add a phrase here.
"""

# NAME = phrase | phrase; a line that is indented goes on. A word may stand in several families.
FAMILIES = """
COST = which api operations | which api operation | which api calls | afford | bill down
    | costs down | cost down | spend down | spending down | cost | costs | costing
    | costed | spend | spends | spending | spent | bill | bills | billed | billing | charge
    | charges | charged | charging | expense | expenses | expenditure | expenditures | money
    | burn | unattributed | unallocated | burn | burning | burned | burnt | invoice | credit
    | credits | refund | refunds | discounts | pay | paid | paying | paying for | pay for | outlay
    | consumption | cogs | damage | billing data | cost and usage | usage cost | usage costs
    | unblended | amortized | price tag
WHY = why | how come | what caused | what causes | cause | caused | causes | causing
    | what is causing | root cause | root causes | rca | reason | reasons | what drove | drove
    | driving the increase | driving the spike | driving this | driving up | driving our
    | what is driving | what are driving | drivers of the increase | behind | what explains
    | explain | explains | explanation | investigate | investigation | dig into | deep dive
    | deep dive into | drill into | diagnose | what happened | what is going on | what is going
    | whats going on | what went wrong | what made | responsible for the increase
    | responsible for the spike | responsible for | due to
    | accounts for the increase | contributed to | contributing to | contribute to
    | what contributed | understand | what is it | what is that | what is this charge
    | where does this come from | where is it from | came from | where is this | coming from
    | make sense of | pinpoint | attribute | explaining | reason for | what accounts for
    | accounts for the drop | accounts for the change | accounts for this | dont understand
    | do not understand | dont recognize
UP = went from | goes from | gone from | jumped from | spike | spiked | spiking | spikes
    | increase | increased | increases | increasing | jump | jumped | jumps | jumping | surge
    | surged | surging | doubled | double | doubling | tripled | triple | quadrupled | higher
    | rise | rises | rose | risen | rising | grew | grow | grows | growing | grown | growth
    | went up | go up | going up | gone up | goes up | up | shot up | exploded | explode
    | exploding | skyrocketed | skyrocketing | skyrocket | ballooned | ballooning | climbed
    | climbing | climb | creeping up | uptick | upward | soared | swelled | blew up | blow up
    | inflated | more expensive | 2x | 3x | 4x | 5x | 10x | 100x | be higher | is higher
    | was higher | get higher | went nuts | went crazy | through the roof | blowing up
    | out of control
DOWN = bill down | costs down | cost down | spend down | spending down | decrease | decreased
    | decreases | decreasing | drop | dropped | drops | dropping | fell | fall | falling
    | went down | go down | going down | gone down | down | lower than | declined | decline | dip
    | dipped | shrank | cheaper than | be lower | is lower | was lower | get lower | be cheaper
    | lower this | get cheaper | got cheaper | become cheaper | became cheaper | getting cheaper
SPIKED = spike | spiked | spiking | spikes | surge | surges | jumps | blips | blip | bump | bumps
HIGH = excessive | excessively | high | so high | this high | so much | too high | too much
    | expensive | so expensive | huge | massive | insane | crazy | ridiculous | enormous
CHANGE = change | changed | changes | changing | what changed | whats changed | differ
    | difference | differences | different | delta | deltas | movers | mover | movement | moved
    | variance | shift | shifted | fluctuate | fluctuated
VS = in line with | stack up | vs | versus | compare | compared | compares | comparing
    | comparison | comparisons | against
    | relative to | wow | mom | qoq | yoy | dod | week over week | month over month
    | quarter over quarter | year over year | day over day | week on week | month on month
    | year on year | than last | than the last | than previous | than the previous | than this
    | than in | than usual | than normal | compared to | compared with | side by side | up or down
    | difference between
TREND = trend | trends | trending | trended | over time | timeline | time series | timeseries
    | history of | historical | historically | history | evolution | evolve | evolved | evolving
    | progression | trajectory | growing over | been growing | month by month | week by week
    | day by day | pattern | patterns | graph of | cost curve | seasonality | developed | develop
    | developing | over the months | over the weeks
GRAIN = daily | per day | day by day | each day | every day | monthly | per month | month by month
    | each month | every month | hourly | per hour | hour by hour | weekly | per week | each week
    | every week | week by week | by month | by day | by week | by hour | by date
BREAK = make up | makes up | made up of | breakdown | breakdowns | break down | broken down
    | broken out | break out | breaking down | split | splitting | slice | sliced | itemize
    | itemized | distribution | distributed | allocation | composition | by category | drill down
    | group | grouped | grouping | group by | ranked | rank | ranking | split up | apportion
    | pie chart | showback | chargeback | break
TOPN = worst | which is worst | top | biggest | largest | highest | most expensive | priciest
    | costliest | most costly | greatest | bottom | main | major | cost most | costs most
    | cost the most | costs the most | costing the most | costing most | costing us the most
    | costing me the most | spends the most | spends most | spend the most | spending the most
    | spent the most | most spend | most money | most of | the money go | our money go
    | my money go | it all go | where is my money going | where is our money going | money going
    | going | goes | go to | spenders | spender | cost drivers | cost driver | drivers | driver
    | contributors | contributor | hogs | big ticket | eating | eats | heavy hitters
    | consuming the most | consumes the most | cheapest | least | burning the most | burn the most
    | burns the most | burned the most | using the most | uses the most | use the most
    | pays the most | paying the most | the most on | most money on
WHERE = where is | where are | where does | where do | where
TOTAL = percentage | percent | portion | share | proportion | fraction | weekly cost report
    | monthly cost report | daily cost report | weekly report | monthly report | daily report
    | weekly cost summary | monthly cost summary | monthly bill | total | totals | overall
    | how much | summary | summarize | summarise | overview | sum | amount | altogether
    | cost report | spend report | how many dollars | so far | average | monthly review
    | weekly review | quarterly review | monthly finops review | weekly finops review
    | monthly cost review | weekly cost review
SHOW = show | list | give me | display | get | fetch | tell me | what are | what is | view | see
    | report | pull | provide | generate | graph | chart | plot | visualize | visualise | turned off
    | switched off | shut off | powered off | signed off
FUTURE = trend continues | trend holds | accrue | accrual | accruals | on track to spend
    | on track for | on track to hit
    | forecast | forecasts | forecasted
    | forecasting | predict | predicts | predicted | predicting | prediction | predictions
    | projection | projections | projected | project my | project our | project the | estimate
    | estimated | estimates | anticipate | anticipated | outlook | expected to be | expected cost
    | expected spend | expected bill | expect to spend | expect to pay | should i expect
    | should we expect | trajectory | run rate | runrate | at this pace | at this rate
    | at the current rate | at current rate | at current pace | on pace | on course | heading
    | headed | end up | going to be | going to cost | going to spend | future | landing
    | where will | extrapolate | burn rate | if this continues | if nothing changes | will land
    | tracking to | tracking toward | looking like for | will it continue | will this continue
    | will that continue | continue to grow | continue to rise | keep going up | keep growing
    | keep rising | going forward | will it keep
WILL = will | gonna | going to | would | shall
NEXT = next week | next month | next months | next quarter | next year | next fiscal year
    | coming month | coming months | coming week | coming weeks | coming quarter | coming year
    | upcoming | tomorrow | rest of | remainder of | end of month | end of the month
    | end of this month | month end | eom | eoy | end of year | end of the year | end of this year
    | year end | eoq | end of quarter | end of the quarter | quarter end | months ahead
    | months from now | months out | by end of | by the end of
ODD = break something | broke something | break anything | anomaly | anomalies | anomalous
    | unusual | unusually | unexpected | unexpectedly | weird
    | abnormal | abnormality | abnormalities | abnormally | strange | outlier | outliers | odd
    | oddities | suspicious | irregular | irregularities | surprise | surprises | surprising
    | fishy | off | out of the ordinary | out of ordinary | looks wrong | look wrong | looks off
    | look off | funny | unexplained | sudden | suddenly | peculiar | unaccounted | anything new
    | deviation | deviations | deviate | deviated | out of pattern | not normal | cost incidents
    | overnight | red flags | alarming
ADVICE = should i fix | should we fix | fix first | tackle first | attack first | clean up first
    | right instance | right instances | to spot | use spot | recommendation | recommendations
    | recommend | recommended | advise | advice | suggestion | suggestions | suggest | findings
    | opportunity | opportunities | optimization | optimizations | optimize | optimized
    | optimizing | optimisation | optimise | trusted advisor | compute optimizer
    | cost optimization hub | optimization hub | low hanging fruit | quick wins | quick win
    | action items | best practices | efficiency | inefficiencies | inefficient | inefficiency
    | improve | improvements | prevent it | prevent this | avoid it | avoid this | what can we do
    | what we can do | can we do about | fix it | fix this
IDLE = wastes | no targets | with no targets | without targets | no healthy targets
    | without lifecycle
    | without retention | too much memory | too much capacity | can we shut | can i shut
    | low capacity | low throughput | we can delete | i can delete | can be removed
    | we can remove | i can remove | we could delete | safely delete | safely remove
    | we can terminate | i can terminate | we can turn off | i can turn off | get rid of | old ebs
    | old ami | old amis | old volumes | old images | old instances | old backups
    | without traffic | with no traffic | zero traffic | with no connections | zero connections
    | without connections | cleaned up | be cleaned | older than | should be gp3
    | should be on gp3 | still on gp2 | still using gp2 | gp2 volumes | idle | idling | unused
    | not used | not being used | not in use | arent used | unattached | detached | unassociated
    | not associated | arent associated | isnt attached | not attached | arent attached | orphan
    | orphaned | orphans | underutilized | under utilized | underutilised | underused | under used
    | low utilization | low usage | low cpu | overprovisioned | over provisioned | oversized
    | over sized | overkill | right size | rightsize | right sizing | rightsizing | rightsized
    | right sized | downsize | downsized | downsizing | waste | wasted | wasting | wasteful
    | wastage | zombie | zombies | stale | obsolete | forgotten | abandoned | leftover | left over
    | stopped instances | stopped instance | stopped | dangling | no longer used
    | no longer needed | dont need | do not need | not needed | old snapshots
    | previous generation | old generation | older generation | graviton | candidates
    | spot candidates | nobody uses | nobody is using | no one is using | lifecycle policy
    | lifecycle policies | intelligent tiering | migrate to | gp2 to gp3 | switch to gp3
    | could be deleted | can be deleted | can i delete | can we delete | should i delete
    | should be deleted | safe to delete | can be terminated | could be terminated
    | should i terminate | can i terminate | can we terminate | can i shut down | can we shut down
    | could be shut down | can be shut down | can they turn off | can be turned off
    | can they shut down | can they delete | can i turn off | can we turn off | could turn off
    | clean up | cleanup | never accessed | not accessed | no traffic | no connections
    | empty load balancers | bigger than needed | too big | too large | not using | arent using
    | dont use | doesnt use | isnt used | never use | never used | no longer use | no longer using
    | do not use | are not using | old log groups | old logs | old clusters | old databases
    | old resources
SAVE = bring my | bring our | bring the | bill down | costs down | cost down | spend down
    | spending down | biggest impact | most impact | highest impact | greatest impact
    | vpc endpoint | vpc endpoints | gateway endpoint | gateway endpoints | interface endpoint
    | interface endpoints | save | saves | saved | saving | savings | save money | cut | cuts
    | cutting | reduce | reduces | reducing | reduction | reductions | lower | lowering | shave
    | trim | trimming | cheaper | bring down | bring it down | slash | decrease our | decrease my
    | decrease the | cost reduction | cost cutting | cost savings | cost saving | economize
    | get down | drive down | spend less | pay less | cost less | minimize | minimise
    | stop wasting | shrink
COMMIT = effective savings rate | savings rate | esr | ri | ris | reserved instance
    | reserved instances | reservation | reservations | reserved node | reserved nodes
    | reserved capacity | savings plan | savings plans | saving plan | saving plans
    | compute savings plan | compute savings plans | sp | sps | commitment | commitments
    | overcommitted | undercommitted | over committed | under committed | committed | commit
    | commitment discount | commitment discounts | csp | ec2 instance savings plan
    | ec2 instance savings plans | compute sp | reserved | convertible ri | standard ri | 1yr
    | 3yr | no upfront | all upfront | partial upfront
OPTION = purchase option | purchase options | on demand | purchase type | pricing model | spot
COVER = not covered | uncovered | coverage | covered | cover | covering | utilization
    | utilisation | utilized | utilised | expire | expires | expiring | expiration | expiry
    | renew | renewal | roi | break even | breakeven | run out | runs out | running out | lapse
    | lapses | ran out
FEE = recurring fee | recurring fees | upfront fee | upfront fees | fee | fees
BUDGET = alert thresholds should | alert threshold should | should i budget | should we budget
    | to the limit | to our limit | to my limit
    | what budgets should | which budgets should | good budget | what budget | should my budget
    | should our budget | should the budget | new budget | overrun | overruns | overran | budget
    | budgets | budgeted | budgeting | overspend | overspending | overspent | spend alert
    | spend alerts | spending alert | spending alerts | cost alert | cost alerts | billing alert
    | billing alerts | billing alarm | billing alarms | budget alert | budget alerts
    | cost controls | spend controls | spending controls | spending limit | spending limits
    | spend limit | spend limits | cost limit | cost limits | spending cap | spend cap | cost cap
    | cost guardrails | guardrails | zero spend budget | cost alarm | cost alarms
    | spend threshold | spending threshold | alert threshold | alert thresholds | budget threshold
OVER = pass | passes | over | exceed | exceeds | exceeded | exceeding | overrun | overruns
    | overran | overshoot
    | blow | blew | blown | breach | breached | breaching | bust | busted | overage | overages
    | past the limit | hit | blow through | go past | surpass | surpassed | crossed | went past
    | under | within | on track | off track | left | remaining | remains | headroom | cross
    | crosses | crossing | reach | reaches | reached
CREATE = let me know | let us know | tell me when | tell me if | tell us when | tell us if
    | create | creating | set up | setup | set | make | add | configure | define | new budget
    | change | update | edit | modify | raise | increase | lower | bump | adjust | enable
    | activate | turn on | notify me | notify us | alert me | alert us | email me | warn me
    | ping me | notify | get alerted | get notified | set a | put in place | establish | implement
    | move
PAST = actuals | history | past | previously | ever | was | were | did | last time | historical
    | historically | which months | how often | ended up | how many times | finished
    | have we ever
PROPOSE = alert thresholds should | alert threshold should | thresholds should | threshold should
    | alerts should | should i cap | should we cap
    | should i budget | should we budget | what budgets should | which budgets should
    | recommend | recommended | recommendation | recommendations | suggest | suggested
    | suggestion | suggestions | propose | proposed | advise | reasonable | sensible | realistic
    | appropriate | good budget | what should | should my budget | should our budget
    | should the budget | should be | what budget | what amount | what amounts | what threshold
    | what thresholds | which thresholds | how big should | how large should | how high should
    | makes sense | make sense | too low | too high | right amount | right size | sane | decent
    | what would be a | what is a good | would be a good | ideal | choose | pick | decide on
    | come up with
WHATIF = what if | what would happen | what happens | suppose | scenario | scenarios | simulate
    | hypothetically
VAGUE = need help with | help with my | help with our | insights | insight | should know
    | how are we doing | manage our | manage my | managing our | manage cloud | manage aws
    | manage costs | manage spend | cost management | spend management | financial management
    | under control | get a handle | get control | keep control | on top of our | govern
CAP = stay under | stay within | stay below | staying under | keep it under | keep us under
    | keep spend under
REASONING = fix first | tackle first | attack first | clean up first | afford | put together a plan
    | make a plan | come up with a plan | build a plan | draw up a plan | give me a plan
    | draft a plan | does it matter | does this matter | should i care | should i worry
    | should we worry
    | normal | high for a | much for a | for a startup | look at first | start with first
    | which one should | which one and why | which one is better | is it cheaper
    | would it be cheaper | cheaper to | what would you do | where would you start
    | where should i start | where should we start | where do i start | where do we start
    | what should i do | what should we do | do first | focus on | next steps | is the plan
    | a plan to | a plan for | the plan | normal for | typical for | make the case
    | talking points | worried | concerned | strategy | strategies | strategic | prioritize
    | prioritise | prioritization | roadmap | business case | trade off | trade offs | tradeoff
    | tradeoffs | pros and cons | worth it | worth | should we | should i | is it better
    | better to | which is better | memo | board | cfo | ceo | executive | executives | leadership
    | boss | presentation | slide | slides | powerpoint | deck | draft | write | email | maturity
    | healthy | any good | good or bad | reasonable | normal for | too much | justify | justified
    | re architect | rearchitect | redesign | refactor | consolidate | plan to | action plan
    | game plan | 90 day plan | philosophy | governance | culture | architecture | assess
    | assessment | evaluate | best way
RESEARCH = per active user | per active users | per active customer | per monthly active user
    | per daily active user | per paying customer | cost to serve | per customer | per user
    | per users | per tenant | per request | per requests | per api call | per call
    | per transaction | per order | per gb | per tb | per vcpu | per vcpu hour | per invocation
    | per invocations | per message | per million | per thousand | per query | per session
    | per unit | per employee | per engineer | per developer | per seat | per pod | per build
    | per event | per token | per inference | per 1000 | per 1k | unit cost | unit costs
    | unit economics | cost efficiency | mrr | arr | revenue | margin | margins | gross margin
    | peers | peer | competitors | competitor | industry | benchmark | benchmarks | benchmarking
    | similar companies | other companies | companies our size | user growth | headcount
    | customers | traffic doubles | traffic | kpi | kpis | companies | other businesses | startups
HELP = could you do | can you actually do | can you really do | exactly can you do | all can you do
    | do you actually do | agents do you | tools do you | which agents | which tools
    | what agents | what tools
    | do you have access | time range is available | data up to date | what time range
    | what can you do | what can i ask | what questions | what can finops | how can you help
    | how do you work | what do you do | who are you | capabilities | commands | how do i use you
    | how do i use this | what are you | what kind of questions | which questions
    | how does this work | what data do you | which data do you | which account are
    | what account are | which account is this | which profile | which billing period
    | what billing period | data source | how fresh | how up to date | how current | how recent
    | what date range | which date range | latest data | last updated | tags are available
    | available tags | what tags | which tags are available | dimensions are available
    | what dimensions | which dimensions | data available | data do you have | how far back
    | what data can | which data can | what can you see | what can you tell | what do you know
    | what can i do here | what can this | which accounts can | what accounts can
    | which accounts do you | what accounts do you | which account can | what do you have access
    | what else can you | else can you do
GREET = help | help me | hi | hello | hey | hiya | yo | good morning | good afternoon
    | good evening | thanks | thank you | thx | ty | cheers | ok | okay | bye | goodbye | cool
    | great | nice | start | menu
CLOUD = aws | cloud | infra | infrastructure | hosting | account | accounts | payer | linked
INJECT = ignore previous | ignore all | ignore your | ignore the above | ignore my previous
    | disregard | forget your | forget all | forget everything | forget previous | system prompt
    | your prompt | your instructions | your rules | you are now | pretend | act as | jailbreak
    | developer mode | dan mode | override your | bypass | roleplay | new instructions
    | reveal your | print your | repeat the words above | base64 | sudo | rm rf | drop table
    | root shell | hidden instructions | initial prompt
SECRET = password | passwords | credentials | credential | secret key | secret keys | access key
    | access keys | api key | api keys | token value | private key | ssh key | secrets value
    | env vars | environment variables | iam keys
DESTROY = shut off | pause | freeze | shut everything down | turn everything off | shut them down
    | shut it down
    | turn them off | turn it off | turn these off
    | switch them off | open a support case | open a case | open a support ticket | contact support
    | call support | raise a ticket | sign us up | sign me up | save this | save it | save that
    | save the report | share this | send this | send it | open a ticket | create a ticket
    | create a jira | file a ticket | create a dashboard | build a dashboard | create a lambda
    | delete | remove | terminate | destroy | kill | stop | shut down | shutdown | turn off
    | power off | cancel | buy | purchase | sell | close | drop | wipe | purge | nuke | resize
    | scale down | scale up | scale | release | detach | apply | launch | deploy | provision
    | spin up | start up | reboot | restart | tag | untag | retag | upgrade | downgrade | migrate
    | convert | exchange | suspend | disable | deactivate | activate cost allocation tags
    | activate tags | move | transfer | snapshot | attach | implement | execute | modify | rename
    | increase the size | swap | revoke | rotate | enable | reserve | unsubscribe | switch off
    | switch | clear | schedule | create instance | execute the
OTHER = azure | gcp | google cloud | google cloud platform | bigquery | oracle cloud | oci
    | alibaba cloud | ibm cloud | digitalocean | digital ocean | hetzner | linode | ovh | vercel
    | netlify | heroku | cloudflare | fastly | datadog | new relic | splunk | snowflake
    | databricks | mongodb atlas | mongo atlas | confluent | github | gitlab | github actions
    | circleci | openai | anthropic | chatgpt | gpt | llm | claude | claude code | cursor | slack
    | zoom | salesforce | hubspot | jira | atlassian | notion | okta | pagerduty | sentry | twilio
    | stripe | sendgrid | auth0 | figma | microsoft 365 | office 365 | google workspace | gke
    | aks | cosmosdb | cosmos db | app engine | gemini | vertex ai | firebase | supabase
    | planetscale | elastic cloud | grafana cloud | terraform cloud | copilot | render | railway
    | fly io | dropbox | saas | workspace licenses | zendesk | shopify | adobe
CARBON = carbon | carbon footprint | co2 | emissions | emission | sustainability | greenhouse
    | climate | kwh | energy
PAYMENT = pay my aws invoice | pay the aws invoice | pay our aws invoice | pay my aws bill
    | pay the aws bill | pay our aws bill | payment | payments | payment method | pay my bill
    | pay the bill | pay our bill | pay this bill | pay my aws bill | pay my invoice
    | pay an invoice | pay invoice | credit card | credit cards | debit card | bank account
    | invoice pdf | invoices | invoice number | download invoice | my invoice | our invoice
    | latest invoice | the invoice | tax invoice | vat invoice | outstanding balance
    | account balance | balance due | past due | overdue | due date | payment due | purchase order
    | po number | remittance | wire transfer | billing address | tax id | refund me
    | refund request | get a refund | request a refund | dispute | paid the bill | card on file
    | card declined | autopay | receipt | receipts | invoicing
PRICE = if i set one up | if we set one up | if i spin one up | if we spin one up | if i launch one
    | if we launch one | if i deploy one | if we deploy one | price of | prices of | the price
    | pricing | list price | list prices | price list
    | pricing page | hourly rate | hourly price | hourly cost of a | per hour price | rate card
    | free tier limit | free tier limits | included in the free tier | pricing calculator
    | calculator | quote | terraform plan | terraform | cloudformation template | pull request
    | would it cost to | cost to run an | does it cost to | would it cost to run | cost to run a
    | cost to host | cost to launch | launching | if i launch | if we launch | new instance
    | new instances | before we deploy | before deploying | pre deployment | price for
    | prices for | how much is a | how much is an | unit price | infracost | spin up a
    | how much does it cost to run | cost of running a | cost of launching | cheapest region
    | cheapest instance | cheapest instance type | cheapest storage | cheapest storage class
    | cheapest way to run | cheapest way to host | price difference | pricing difference
    | difference in price | price comparison
OPS = timing out | time out | times out | not working | failing | fails | failed | broken
    | cold start | cold starts | rate limit | rate limits | unreachable | cpu | latency | outage
    | downtime | error rate | errors | error | 5xx | 4xx | 500s | crash | crashed | crashing
    | crashloop | process | memory usage | memory leak | disk full | disk space | throughput
    | iops | uptime | slow | performance | timeout | timeouts | status of | health of
    | healthy targets | deployment | deployments | pipeline failed | build failed | rollback
    | restart | reboot | logs for | log into | login | log in | sign in | ssh | connect to
    | security group | security groups | vulnerabilities | vulnerability | cve | cves | patch
    | patching | compliance | compliant | permissions | permission | policy | policies | iam role
    | iam roles | iam policy | iam user | iam users | mfa | retention | encryption | encrypted
    | publicly accessible | public access | backup restored | restore | dns record | certificate
    | certificates | ssl | tls | kubectl | pod restarts | replicas | rack | quota | quotas
    | service limit | service limits | subnet | cidr | failover | replication lag | incident
    | on call | runbook | query plan | index | debug | throttled | throttling | container image
    | docker | npm | git | merge | code review | unit test | unit tests | bug | stack trace
    | versioning | meta data | metadata | security | security findings | security hub
CODE = boto3 | sdk | cli command | aws cli | api call to | api to | python script | script | code
    | sql query | cloudwatch query | athena query | lambda function that | terraform code | python
    | javascript | golang | yaml | regex | insert into | delete from | union select | truncate table
    | alter table | drop database | drop tables | select star | terraform module
    | cloudformation stack | cloudformation template for | cdk | helm chart | bash script
    | shell script | powershell
DOCS = which of these is | which of these are | is a benefit of | are benefits of | which statement
    | true or false | choose two | select two | does aws charge | does aws bill
    | does amazon charge | how does aws charge
    | how does aws bill | cost allocation tags | cost allocation tag | example of | tutorial
    | documentation | docs | exam | certification | certified | quiz | multiple choice
    | best describes | which of the following | a company has | a company needs | a company is
    | a company wants | a company runs | a company uses | solutions architect | cloud practitioner
    | interview | json schema | json | permissions needed | iam permissions | how to enable
    | how to configure | how do i enable | how do i configure | how do i activate
    | how to activate | how do i install | how to install | curl | endpoint for | which api
    | what api | api reference | get cost and usage | regions support | regions are supported
    | supported regions | supported in | supports | what year | who invented | who founded
    | when was aws
INVENTORY = how many instances | how many ec2 | how many ec2 instances | how many rds
    | how many buckets | how many s3 buckets | how many volumes | how many lambda
    | how many lambdas | how many lambda functions | how many accounts | how many users
    | how many vpcs | how many nodes | how many pods | how many clusters | how many servers
    | how many databases | list my instances | list all ec2 | list all ec2 instances
    | list my ec2 instances | list ec2 instances | list all s3 buckets | list s3 buckets
    | list my s3 buckets | list my buckets | list all buckets | list all rds | list rds instances
    | list all instances | list running instances | running instances | list all vpcs
    | list lambda functions | list my lambda functions | list all lambda functions
    | which instances are running | instances are running | instances running | missing tags
    | missing required tags | missing a tag | missing an owner tag | missing the | required tags
    | mandatory tags | tag compliance | tagging compliance | tag policy | untagged resources
    | untagged instances | untagged volumes | resources without tags | without tags
    | resource inventory | inventory | who created | who launched | what version | which version
    | whose | owner of | who owns | ip address of | what is running | resources do i have
    | resources do we have | instances do i have | instances do we have | buckets do i have
    | buckets do we have
OTHERWORLD = weather | temperature | joke | jokes | poem | poems | song | haiku | a story | recipe
    | recipes | movie | movies | sports | football | score | news | stock price | stock market
    | stock | stocks | shares | bitcoin | crypto | ethereum | mortgage | rent | salary | salaries
    | payroll | grocery | groceries | vacation | holiday | flight | flights | hotel | restaurant
    | restaurants | pizza | lunch | dinner | my wife | my husband | my kid | household | personal
    | insurance | car | cars | house | electricity bill | phone bill | water bill | gas bill
    | heating | capital of | president | speed of light | love | cost of living | wedding | gym
    | netflix | spotify | snow | rain | sunny | heart rates | heart rate | homework | essay | math
    | prime numbers | horoscope | meaning of life | dog | cat | birthday | christmas gift
    | subscription | subscriptions | credit score | loan | tax return | income tax | pension
    | wikipedia | soccer | world cup | olympics | exchange rate | currency rate | convert
IMPACT = affect | affects | affected | impact | impacts | push us | push | pushes | consequences
REVIEW = complete | comprehensive | full | finops | financial | everything | end to end
    | health check | checkup | audit | review | 360 | health | healthcheck
"""
