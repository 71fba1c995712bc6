"""Can a user sign in, and is given credentials?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.verify.backend.model import Credentials, Session
from engine.verify.model import Check

if TYPE_CHECKING:
    from engine.verify.backend.model import User, Visit


def check(visit: Visit) -> Check | None:
    """The user signs in by the app's own client, with SRP as the Amplify client does, and gets credentials of
    the identity pool. A wrong password is refused.
    """
    if visit.user is None:
        return None
    if _lets_in(visit, visit.user, visit.user.password[::-1] + "x"):
        return Check("sign-in", False, "a wrong password lets the user in")
    tokens = _signed_in(visit, visit.user, visit.user.password)
    result = tokens.get("AuthenticationResult")
    if result is None:
        asked = tokens.get("ChallengeName", "more")
        return Check("sign-in", True, f"the password is right; {asked} comes next, which no check answers")
    credentials = _credentials(visit, result["IdToken"])
    visit.session = Session(result["IdToken"], credentials)
    return Check("sign-in", True, "the user is signed in, and has credentials of the identity pool")


def _lets_in(visit: Visit, user: User, password: str) -> bool:
    from botocore.exceptions import ClientError

    try:
        _signed_in(visit, user, password)
    except ClientError as error:
        if error.response["Error"]["Code"] == "NotAuthorizedException":
            return False
        raise
    return True


def _signed_in(visit: Visit, user: User, password: str) -> dict[str, Any]:
    from pycognito.aws_srp import AWSSRP
    from pycognito.exceptions import MFAChallengeException

    pool, client = visit.output("auth_user_pool_id"), visit.output("auth_user_pool_client_id")
    srp = AWSSRP(user.name, password, pool, client, client=visit.client("cognito-idp"))
    try:
        return dict(srp.authenticate_user())
    except MFAChallengeException as challenge:
        return dict(challenge.get_tokens())


def _credentials(visit: Visit, token: str) -> Credentials:
    identities, pool = visit.client("cognito-identity"), visit.output("auth_user_pool_id")
    logins = {f"cognito-idp.{visit.request.target.region}.amazonaws.com/{pool}": token}
    identity = identities.get_id(IdentityPoolId=visit.output("auth_identity_pool_id"), Logins=logins)[
        "IdentityId"
    ]
    visit.cleanup.callback(identities.delete_identities, IdentityIdsToDelete=[identity])
    found = identities.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
    return Credentials(identity, found["AccessKeyId"], found["SecretKey"], found["SessionToken"])
