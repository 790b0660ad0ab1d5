"""`python -m infra.authority request --help`: how AWS's seal gets its certificate."""

import argparse
import sys

import boto3

from infra.authority.names import Sealer
from infra.authority.request import certificate_request


def main(arguments: list[str]) -> int:
    """Prints the certificate request for the seal's key in KMS, with boto3's usual credentials."""
    parser = argparse.ArgumentParser(prog="python -m infra.authority")
    commands = parser.add_subparsers(required=True)
    request = commands.add_parser("request", help="a PKCS #10 request for a trust service provider")
    request.add_argument("--key", required=True, help="the KMS key: alias, id or ARN")
    request.add_argument("--organisation", required=True, help="as registered in Bulstat")
    request.add_argument("--identifier", required=True, help="NTRBG- and the Bulstat number")
    request.add_argument("--locality", required=True)
    request.add_argument("--common-name", help="the organisation, unless said otherwise")
    given = parser.parse_args(arguments)
    sealer = Sealer(
        organisation=given.organisation,
        identifier=given.identifier,
        locality=given.locality,
        common_name=given.common_name or given.organisation,
    )
    print(certificate_request(boto3.client("kms"), given.key, sealer), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
