namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>A service that speaks AWS JSON 1.1, as it is reached in one region.</summary>
/// <param name="Endpoint">Where requests go.</param>
/// <param name="Region">The region of the signature.</param>
/// <param name="SigningName">The service of the signature.</param>
/// <param name="TargetPrefix">What stands before the operation in <c>X-Amz-Target</c>, with its dot.</param>
/// <param name="RoundTripTimeout">How long one request with its answer may take.</param>
internal sealed record AwsJsonTarget(Uri Endpoint, string Region, string SigningName, string TargetPrefix, TimeSpan RoundTripTimeout);
