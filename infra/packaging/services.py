"""The AWS services that the functions call: the only ones whose descriptions are shipped.

A test finds every client that chalicelib asks for and compares it with this list.
"""

SERVICES_USED = frozenset(
    {
        "cognito-idp",
        "dynamodb",
        "events",
        "kms",
        "lambda",
        "s3",
        "secretsmanager",
        "sqs",
        "ssm",
        "stepfunctions",
        "sts",
    }
)
