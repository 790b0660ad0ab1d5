"""The functions' settings: the only reader of the environment."""

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
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

    @property
    def demonstrates(self) -> bool:
        """Whether registers that are not connected are invented: never where cases are real."""
        return self.stage in ("local", "dev") or (
            self.stage == "staging" and self.register_uscrasp == "demo"
        )


class EpaySecret(BaseModel):
    """ePay.bg's merchant number and key."""

    model_config = ConfigDict(hide_input_in_errors=True)

    min: str
    secret: SecretStr


class Site(BaseModel):
    """Where browsers find us, and where our pages may send them."""

    model_config = ConfigDict(frozen=True)

    base_url: str
    assets_url: str
    form_targets: tuple[str, ...]
    version: str = "dev"


class Secret(BaseModel):
    """The one secret in Secrets Manager."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    # A short or empty one would protect nobody and look as if it did.
    subject_pepper: SecretStr = Field(min_length=32)
    session_key: SecretStr = Field(min_length=32)
    epay: EpaySecret
    # PEM, the seal's own certificate first.
    seal_certificates: str = ""
    oidc_client_secret: SecretStr = SecretStr("")

    @property
    def certificates(self) -> list[str]:
        """Each certificate by itself."""
        end = "-----END CERTIFICATE-----"
        return [part.strip() + f"\n{end}\n" for part in self.seal_certificates.split(end)[:-1]]


@cache
def settings() -> Settings:
    """Read once per container."""
    return Settings()
