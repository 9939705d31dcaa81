using System.Globalization;

namespace Ecs.Agent.LocalControlPlane.Placement.Queries;

/// <summary>What an expression can ask of an instance. A subject has no value, one, or (task groups) several.</summary>
internal static class QuerySubject
{
    private const string AttributePrefix = "attribute:";

    public static Func<Candidate, IEnumerable<string>> Of(string name) => name switch
    {
        "agentConnected" => candidate => One(candidate.Instance.IsConnected ? "true" : "false"),
        "agentVersion" => candidate => One(candidate.Instance.VersionInfo.AgentVersion),
        "ec2InstanceId" => candidate => One(candidate.Instance.Ec2InstanceId),
        "registeredAt" => candidate => One(candidate.Instance.RegisteredAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        "runningTasksCount" => candidate => One(candidate.TaskCount.ToString(CultureInfo.InvariantCulture)),
        "task:group" => candidate => candidate.TaskGroups,
        _ when name.StartsWith(AttributePrefix, StringComparison.Ordinal) => Attribute(name[AttributePrefix.Length..]),
        _ => throw new FormatException($"'{name}' is not something an instance can be asked for."),
    };

    // A name-only attribute exists, with an empty value.
    private static Func<Candidate, IEnumerable<string>> Attribute(string name) =>
        candidate => candidate.Instance.Attribute(name) is { } attribute ? [attribute.Value ?? string.Empty] : [];

    private static IEnumerable<string> One(string? value) => value is null ? [] : [value];
}
