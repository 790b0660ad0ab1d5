"""The functions' settings: the only reader of the environment."""

from functools import cache
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each is an environment variable `ZAGORA_<NAME>`, set by the template."""

    model_config = SettingsConfigDict(env_prefix="ZAGORA_", frozen=True)

    stage: Literal["local", "dev", "staging", "prod"] = "local"
    version: str = "dev"
    table: str
    documents_bucket: str
    assets_url: str = "/assets"
    base_url: str
    # KMS key ids, ARNs or aliases.
    seal_key: str
    attest_key: str
    data_key: str
    # The name of one JSON secret: pepper, session key, operators' keys, seal certificates.
    secret: str
    user_pool: str = ""
    user_pool_client: str = ""
    api_client: str = ""
    signin_url: str = ""
    issuer: str = ""
    epay_url: str = "https://www.epay.bg/"
    # The address of the register's gateway, or `demo` for the invented population.
    register_uscrasp: str = "demo"
    # Which file of chalicelib/administrations/ says who we are.
    administration: str = "stara-zagora"


@cache
def settings() -> Settings:
    """Read once per container."""
    return Settings()
