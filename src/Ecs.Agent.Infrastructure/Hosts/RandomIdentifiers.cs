using System.Security.Cryptography;
using Ecs.Agent.Application.Identity;

namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>Ids and chance from the operating system.</summary>
public sealed class RandomIdentifiers : IIdentifiers
{
    public string NameSuffix() => RandomNumberGenerator.GetHexString(20, lowercase: true);

    public Guid Uuid() => Guid.NewGuid();

    public double NextFraction() => Random.Shared.NextDouble();
}
