using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>Source-generated JSON for what is said to AWS services on behalf of tasks.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetParametersRequest))]
[JsonSerializable(typeof(GetParametersResponse))]
[JsonSerializable(typeof(GetSecretValueRequest))]
[JsonSerializable(typeof(GetSecretValueResponse))]
[JsonSerializable(typeof(GetAuthorizationTokenRequest))]
[JsonSerializable(typeof(GetAuthorizationTokenResponse))]
internal sealed partial class AwsServicesJson : JsonSerializerContext;
