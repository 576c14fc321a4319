"""Credentials that are missing, over, wrong, or need somebody to type a code."""

from tests.aws_endpoint.endpoint import PAYER
from tests.aws_endpoint.identity import SECRET, access_key
from tests.faces.aws_faults.live import MEMBER, Live, Seen, keys
from tests.faces.aws_faults.page import fault

SSO = """sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Billing
"""


@fault("There are no credentials")
def test_none(live: Live) -> Seen:
    live.set({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""})
    seen = live.cost()
    assert not live.endpoint.requests
    return seen


@fault("There is no such profile")
def test_unknown_profile(live: Live) -> Seen:
    live.profiles(production=keys(PAYER), sandbox=keys(PAYER))
    seen = live.cost("--profile", "prodution")
    assert not live.endpoint.requests
    return seen


@fault("An access key lacks its secret key")
def test_half_a_key(live: Live) -> Seen:
    live.profiles(shop="aws_access_key_id = AKIAXXXXXXXXXXXXXXXX")
    seen = live.cost("--profile", "shop")
    assert not live.endpoint.requests
    return seen


@fault("AWS does not know the access key")
def test_unknown_key(live: Live) -> Seen:
    live.faults.unknown_key()
    return live.cost()


@fault("Temporary credentials are over")
def test_expired(live: Live) -> Seen:
    live.faults.expire()
    return live.cost()


@fault("Temporary credentials end while figures are kept")
def test_expired_with_a_cache(live: Live) -> Seen:
    whole = live.cost("--period", "2026-10")
    live.faults.expire()
    seen = live.cost("--period", "2026-10")
    assert seen.total == whole.total
    return seen


@fault("The SSO session is over")
def test_sso(live: Live) -> Seen:
    live.profiles(shop=SSO)
    seen = live.cost("--profile", "shop")
    assert not live.endpoint.requests
    return seen


@fault("A role asks for a code of an MFA device")
def test_mfa(live: Live) -> Seen:
    role = (
        "role_arn = arn:aws:iam::111122223333:role/Billing\n"
        "mfa_serial = arn:aws:iam::111122223333:mfa/me\nsource_profile = base\n"
    )
    live.profiles(base=keys(PAYER), shop=role)
    seen = live.cost("--profile", "shop")
    assert not live.endpoint.requests
    return seen


@fault("The clock of the machine is wrong")
def test_clock(live: Live) -> Seen:
    live.faults.wrong_clock()
    return live.cost()


@fault("No region is set")
def test_no_region(live: Live) -> Seen:
    live.set({"AWS_DEFAULT_REGION": ""})
    return live.cost()


@fault("The AWS config file is broken")
def test_broken_file(live: Live) -> Seen:
    live.profiles(shop=keys(PAYER))
    (live.folder / "aws").write_text("[profile shop]\nthis is a line with a secret\n")
    seen = live.cost("--profile", "shop")
    assert "this is a line" not in seen.text
    return seen


def test_nothing_secret_is_kept(live: Live) -> None:
    live.set({"FINOPS_ROLE": "finops", "FINOPS_ACCOUNTS": MEMBER})
    assert live.cost().code == 0
    kept = [file for file in live.folder.rglob("*") if file.is_file()]
    assert {live.cache, live.book} <= {*kept}
    for file in kept:
        content = file.read_bytes()
        for hidden in (SECRET, access_key(PAYER), access_key(MEMBER, temporary=True), "token-of-"):
            assert hidden.encode() not in content, file
