"""Why each resource exists, by its logical name in ``programs``; a test holds this list against them."""

from __future__ import annotations

from fnmatch import fnmatchcase

WHY = {
    "site-bucket": "holds the releases; private",
    "site-ownership": "no ACLs: the bucket's owner owns every object",
    "site-private": "blocks every way to make the bucket public",
    "site-not-found": "answers for a file that no release has any more",
    "site-policy": "lets this distribution, and nobody else, read objects",
    "edge-store": "says which release is live, and what is in it",
    "edge-function": "redirects, rewrites, adds headers at the edge",
    "edge-cache": "keeps files at the edge by path alone",
    "edge-request": "tells the edge which country a visitor is in",
    "edge-headers": "adds security headers to every answer",
    "edge-access": "signs the edge's requests to the bucket",
    "edge-distribution": "answers the environment's visitors",
}

# The same for a domain's, whose names hold the host name.
DOMAIN_WHY = {
    "domain-certificate-*": "lets the edge speak TLS under the domain",
    "domain-validation-*": "proves to AWS that the domain is yours; needed for renewals as well",
    "domain-alias-*": "leads the domain to the distribution",
}

# The same for the backend's, whose names hold that of the spec: the first pattern that matches.
BACKEND_WHY = {
    "api-graphql-key": "lets everybody in who has it, as pages do",
    "api-graphql-logs": "keeps what went wrong, for as long as the policy says",
    "api-graphql-log-*": "lets the API write what went wrong to its log",
    "api-graphql-*-role": "is who the API is to what is behind it",
    "api-graphql-*-policy": "allows what the API needs of what is behind it",
    "api-graphql-*.*": "says what answers the field",
    "api-graphql-*": "is what resolvers ask",
    "api-graphql": "answers queries by its schema",
    "api-rest-logs": "keeps a line for every request to the API",
    "api-rest-stage": "puts the API's routes live, and bounds how much is let through",
    "api-rest-users": "lets in who shows a token of this environment's user pool",
    "api-rest-*-call": "lets the API call the function, and nobody else",
    "api-rest-*-policy": "lets signed-in users call the routes that want signed requests",
    "api-rest-* *": "says which function answers, and who may ask",
    "api-rest-$default": "says which function answers what no other route does",
    "api-rest-*": "hands requests to the function",
    "api-rest": "answers requests with the app's functions",
    "auth-users": "holds the users and checks their passwords",
    "auth-client": "is the app to the user pool, and where users may come back to",
    "auth-domain": "gives the user pool's own sign-in pages a host name",
    "auth-identities": "gives users credentials of AWS for what is theirs",
    "auth-roles": "says which user gets which role",
    "auth-group-*-role": "is who the users of the group are to AWS",
    "auth-groups-*-role": "is who the users of the group are to AWS",
    "auth-group-*": "puts users together that may do the same",
    "auth-provider-*": "lets users sign in with an account they have elsewhere",
    "auth-*-role": "is who such a user is to AWS",
    "auth-*-policy": "allows what the role is for, and nothing else",
    "storage-*-policy": "lets such users reach what the rules of the bucket say",
    "storage-*-private": "blocks every way to make the bucket public",
    "storage-*-ownership": "no ACLs: the bucket's owner owns every object",
    "storage-*-cors": "lets pages of this environment, and no others, use the bucket",
    "storage-*-versions": "keeps what is replaced or deleted",
    "storage-*-lifecycle": "takes away what has had its time, and unfinished uploads",
    "storage-*-notification": "tells functions of objects that come and go",
    "storage-*": "holds the app's files",
    "database-*": "holds the app's data by key",
    "sql-*-clients-out": "lets what uses the database reach AWS's services as well",
    "sql-*-clients": "is worn by functions that may reach the database",
    "sql-*-network": "keeps everybody else from the database",
    "sql-*-let-in": "lets those that may use the database reach it",
    "sql-*-subnets": "says where in the policy's VPC the database is",
    "sql-*-instance": "runs the database, with as much capacity as it needs",
    "sql-*": "holds the app's data in tables of SQL",
    "functions-*-network-out": "lets the function reach everything from the VPC",
    "functions-*-network-policy": "keeps what Lambda needs to join the VPC from the function's code",
    "functions-*-network": "is the function's place in the policy's VPC",
    "functions-*-logs": "keeps what the function prints, for as long as the policy says",
    "functions-*-role": "is who the function is to AWS",
    "functions-*-key-policy": "lets the function decrypt its own secrets, and nothing else",
    "functions-*-policy": "allows what the function's `uses` asks for, and its log",
    "functions-*-schedule*-target": "names the function that the schedule calls",
    "functions-*-call": "lets that service call the function, and nobody else",
    "functions-*-schedule*": "says when the function is called",
    "functions-*-queues-*": "hands the queue's messages to the function",
    "functions-*-database-*": "hands the table's changes to the function",
    "*-notification": "tells functions of objects that come and go",
    "functions-*": "runs the app's own code",
    "queues-*-failed": "keeps the messages of its queue that failed too often",
    "queues-*": "holds messages until a function takes them",
}


def why(name: str) -> str:
    """Why the resource of this logical name exists; "" for one that no program here makes."""
    found = (reason for pattern, reason in (DOMAIN_WHY | BACKEND_WHY).items() if fnmatchcase(name, pattern))
    return WHY.get(name) or next(found, "")
