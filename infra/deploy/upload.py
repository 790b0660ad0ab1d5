"""The deployment bucket: where CloudFormation finds the bundle and the template."""

from typing import TYPE_CHECKING, cast

import boto3
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.literals import BucketLocationConstraintType


def deployment_bucket(stage: str) -> str:
    """Its name; it is made when missing: private, encrypted by S3's default."""
    client: S3Client = boto3.client("s3")
    account = boto3.client("sts").get_caller_identity()["Account"]
    name = f"zagora-{stage}-deployment-{account}"
    try:
        client.head_bucket(Bucket=name)
    except ClientError:
        _make(client, name)
    return name


def _make(client: "S3Client", name: str) -> None:
    if client.meta.region_name == "us-east-1":  # the one region that must not be named
        client.create_bucket(Bucket=name)
    else:
        region = cast("BucketLocationConstraintType", client.meta.region_name)
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
    client.put_public_access_block(
        Bucket=name,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
    )


def upload(bucket: str, key: str, content: bytes) -> None:
    """Put the object, whatever was there."""
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=content)


def keep_only(bucket: str, prefix: str, key: str) -> None:
    """Delete what else is below the prefix: on a laptop nobody goes back to an older bundle."""
    client: S3Client = boto3.client("s3")
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for item in page.get("Contents", []):
            if item["Key"] != key:
                client.delete_object(Bucket=bucket, Key=item["Key"])


def is_there(bucket: str, key: str) -> bool:
    """Whether the key exists."""
    try:
        boto3.client("s3").head_object(Bucket=bucket, Key=key)
    except ClientError:
        return False
    return True


def url(bucket: str, key: str) -> str:
    """The object's address by path, as CloudFormation wants a template's."""
    return f"{boto3.client('s3').meta.endpoint_url}/{bucket}/{key}"
