using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>
/// The variables that the official agent reads and <see cref="AgentOptionsLoader"/> does not. Whoever sets one is told; a setting is never
/// dropped in silence.
/// </summary>
internal static class DocumentedVariables
{
    public static ImmutableArray<DocumentedVariable> WithoutEffect { get; } =
    [
        new("ECS_INSTANCE_IP_COMPATIBILITY"),
        new("ECS_WARM_POOLS_CHECK", SatisfiedBy: false),
        new("ECS_ENABLE_SPOT_INSTANCE_DRAINING", SatisfiedBy: false),
        new("ECS_AGENT_CONFIG_FILE_PATH"),
        new("ECS_AGENT_HEALTHCHECK_HOST"),
        new("ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM"),
        new("ECS_ENABLE_CPU_UNBOUNDED_WINDOWS_WORKAROUND", SatisfiedBy: false),
        new("ECS_ENABLE_MEMORY_UNBOUNDED_WINDOWS_WORKAROUND", SatisfiedBy: false),
        new("ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE", SatisfiedBy: false),
        new("ECS_ENABLE_FIRELENS_ASYNC"),
        new("ECS_EBSTA_SUPPORTED", SatisfiedBy: false),
        new("ECS_ENABLE_TASK_IAM_ROLE", SatisfiedBy: false),
        new("ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST", SatisfiedBy: false),
        new("ECS_TASK_METADATA_RPS_LIMIT"),
        new("ECS_DISABLE_TASK_METADATA_AZ"),
        new("ECS_AUDIT_LOGFILE"),
        new("ECS_AUDIT_LOGFILE_DISABLED", SatisfiedBy: true),
        new("ECS_ENABLE_CONTAINER_METADATA", SatisfiedBy: false),
        new("ECS_GMSA_SUPPORTED", SatisfiedBy: false),
        new("ECS_DOMAIN_JOINED_LINUX_INSTANCE", SatisfiedBy: false),
        new("CREDENTIALS_FETCHER_HOST_DIR"),
        new("CREDENTIALS_FETCHER_SECRET_NAME_FOR_DOMAINLESS_GMSA"),
        new("ECS_FSX_WINDOWS_FILE_SERVER_SUPPORTED", SatisfiedBy: false),
        new("ECS_ENABLE_TASK_ENI", SatisfiedBy: false),
        new("ECS_ENABLE_HIGH_DENSITY_ENI", SatisfiedBy: false),
        new("ECS_CNI_PLUGINS_PATH"),
        new("ECS_AWSVPC_BLOCK_IMDS", SatisfiedBy: false),
        new("ECS_AWSVPC_ADDITIONAL_LOCAL_ROUTES"),
        new("ECS_ENABLE_PROMETHEUS_METRICS", SatisfiedBy: false),
        new("ECS_SKIP_LOCALHOST_TRAFFIC_FILTER", SatisfiedBy: true),
        new("ECS_ALLOW_OFFHOST_INTROSPECTION_ACCESS", SatisfiedBy: true),
        new("ECS_OFFHOST_INTROSPECTION_INTERFACE_NAME"),
        new("ECS_HOST_DATA_DIR"),
        new("ECS_UPDATES_ENABLED", SatisfiedBy: false),
        new("ECS_UPDATE_DOWNLOAD_DIR"),
        new("ECS_DISABLE_METRICS", SatisfiedBy: true),
        new("ECS_POLL_METRICS", SatisfiedBy: false),
        new("ECS_POLLING_METRICS_WAIT_DURATION"),
        new("ECS_ENABLE_RUNTIME_STATS", SatisfiedBy: false),
        new("ECS_LOGLEVEL"),
        new("ECS_LOGLEVEL_ON_INSTANCE"),
        new("ECS_LOGFILE"),
        new("ECS_LOG_DRIVER"),
        new("ECS_LOG_OPTS"),
        new("ECS_LOG_ROLLOVER_TYPE"),
        new("ECS_LOG_OUTPUT_FORMAT"),
        new("ECS_LOG_MAX_FILE_SIZE_MB"),
        new("ECS_LOG_MAX_ROLL_COUNT"),
    ];
}
