namespace Ecs.Agent.Domain.Containers;

/// <summary>A container of this machine as the runtime lists it, whoever made it.</summary>
/// <param name="Id">The runtime's id, 64 hexadecimal digits.</param>
/// <param name="Name">Its name, without the slash that the runtime puts in front.</param>
/// <param name="ImageId"><c>sha256:…</c> of what it was made from.</param>
/// <param name="State">The runtime's word: <c>created</c>, <c>running</c>, <c>exited</c>, <c>dead</c>, …</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record HostContainer(string Id, string Name, string ImageId, string State, DateTimeOffset CreatedAt);
