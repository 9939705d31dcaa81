using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>One container of the definition under examination.</summary>
internal sealed class ContainerRules(DefinitionRules definition, ContainerDefinition container, int index)
{
    public DefinitionRules Definition { get; } = definition;

    public ContainerDefinition Container { get; } = container;

    public int Index { get; } = index;

    /// <summary>The container as messages call it.</summary>
    public string Name => string.IsNullOrEmpty(Container.Name) ? $"number {Index}" : Container.Name;

    public string Path(string member) => JsonPath.Container(Index, member);

    public string Path(string list, int element, string member = "") =>
        member.Length == 0 ? JsonPath.Element(Path(list), element) : JsonPath.Member(JsonPath.Element(Path(list), element), member);

    public void Add(string member, string message) => Definition.Add(Path(member), message);
}
