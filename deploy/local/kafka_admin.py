"""Tells a broker its topics, users and permissions, and takes away what is no longer declared. Blocking: call it in a thread."""

from collections.abc import Mapping
from typing import Any

from confluent_kafka import KafkaException
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # re-exported without saying so
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)

from deploy.local.topics import Declaration, Rule

_TIMEOUT_S = 15
_ITERATIONS = 4096
_OFFSETS = "__consumer_offsets"
_OFFSETS_PARTITIONS = 4
_ANY: Any = None
"""How a filter says "whatever it is"; the package's types do not know it."""


def answers(settings: Mapping[str, Any]) -> bool:
    """Whether the broker serves somebody with these credentials."""
    try:
        return bool(AdminClient(_quiet(settings)).list_topics(timeout=2).brokers)
    except KafkaException:
        return False


def tell(
    settings: Mapping[str, Any], declaration: Declaration, passwords: Mapping[str, str], *, replication: int = 1
) -> None:
    """Make topics, users and permissions what is declared; as often as one likes."""
    admin = AdminClient(_quiet(settings))
    _create_topics(admin, declaration, replication)
    _set_users(admin, {user: passwords[user] for user in declaration.users})
    _set_rules(admin, declaration)


def _quiet(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {**settings, "log_level": 0, "socket.timeout.ms": 5000}


def _create_topics(admin: AdminClient, declaration: Declaration, replication: int) -> None:
    existing = admin.list_topics(timeout=_TIMEOUT_S).topics
    # Retention by size is lifted as well: an event is dropped for its age only.
    # An acknowledged event is on one broker more than may be lost at once; an out-of-date replica never becomes the leader.
    safe = {"min.insync.replicas": str(max(1, replication - 1)), "unclean.leader.election.enable": "false"}
    config = {"retention.ms": str(declaration.retention_ms), "retention.bytes": "-1", **safe}
    new = [
        NewTopic(name, declaration.partitions, replication, config=config)
        for name in declaration.topics
        if name not in existing
    ]
    if _OFFSETS not in existing:  # made beforehand, the first consumer group need not wait for it
        offsets = {"cleanup.policy": "compact", **safe}
        new.append(NewTopic(_OFFSETS, _OFFSETS_PARTITIONS, replication, config=offsets))
    if new:
        _all(admin.create_topics(new, request_timeout=_TIMEOUT_S))
    kept = [name for name in declaration.topics if name in existing]
    _keep_config(admin, kept, config)


def _keep_config(admin: AdminClient, topics: list[str], config: Mapping[str, str]) -> None:
    if not topics:
        return
    found = admin.describe_configs(
        [ConfigResource(ConfigResource.Type.TOPIC, name) for name in topics], request_timeout=_TIMEOUT_S
    )
    changed = []
    for resource, future in found.items():
        now = future.result(timeout=_TIMEOUT_S)
        wrong = {name: value for name, value in config.items() if now[name].value != value}
        if wrong:
            entries = [
                ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET) for name, value in wrong.items()
            ]
            changed.append(ConfigResource(ConfigResource.Type.TOPIC, resource.name, incremental_configs=entries))
    if changed:
        _all(admin.incremental_alter_configs(changed, request_timeout=_TIMEOUT_S))


def _set_users(admin: AdminClient, passwords: Mapping[str, str]) -> None:
    kind = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, _ITERATIONS)
    changes: list[UserScramCredentialAlteration] = [
        UserScramCredentialUpsertion(user, kind, password.encode()) for user, password in passwords.items()
    ]
    _all(admin.alter_user_scram_credentials(changes, request_timeout=_TIMEOUT_S))


def _set_rules(admin: AdminClient, declaration: Declaration) -> None:
    anything = AclBindingFilter(
        ResourceType.ANY, _ANY, ResourcePatternType.ANY, _ANY, _ANY, AclOperation.ANY, AclPermissionType.ANY
    )
    found = set(admin.describe_acls(anything, request_timeout=_TIMEOUT_S).result(timeout=_TIMEOUT_S))
    wanted = {_binding(rule) for rule in declaration.rules}
    if wanted - found:
        _all(admin.create_acls(list(wanted - found), request_timeout=_TIMEOUT_S))
    if found - wanted:
        _all(admin.delete_acls([_exactly(binding) for binding in found - wanted], request_timeout=_TIMEOUT_S))


def _binding(rule: Rule) -> AclBinding:
    return AclBinding(
        ResourceType.TOPIC if rule.kind == "topic" else ResourceType.GROUP,
        rule.name,
        ResourcePatternType.PREFIXED if rule.prefixed else ResourcePatternType.LITERAL,
        f"User:{rule.user}",
        "*",
        AclOperation.READ if rule.operation == "read" else AclOperation.WRITE,
        AclPermissionType.ALLOW,
    )


def _exactly(acl: AclBinding) -> AclBindingFilter:
    return AclBindingFilter(
        acl.restype, acl.name, acl.resource_pattern_type, acl.principal, acl.host, acl.operation, acl.permission_type
    )  # fmt: skip


def _all(futures: Mapping[Any, Any]) -> None:
    for future in futures.values():
        future.result(timeout=_TIMEOUT_S)
