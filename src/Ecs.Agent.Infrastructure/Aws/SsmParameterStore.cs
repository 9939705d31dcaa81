using System.Collections.Immutable;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Infrastructure.Aws.Wire;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>The Parameter Store over its own API.</summary>
internal sealed class SsmParameterStore(TaskServiceCalls calls, AwsEndpoints endpoints) : IParameterStore
{
    private static readonly TimeSpan RoundTripTimeout = TimeSpan.FromSeconds(30);

    private static readonly AwsOperation<GetParametersRequest, GetParametersResponse> GetParameters = new(
        "GetParameters", AwsServicesJson.Default.GetParametersRequest, AwsServicesJson.Default.GetParametersResponse);

    public async Task<ParameterValues> GetParametersAsync(
        string region, ImmutableArray<string> names, RoleCredentials? role, CancellationToken cancellationToken)
    {
        var target = new AwsJsonTarget(endpoints.Of(AwsService.ParameterStore, region), region, "ssm", "AmazonSSM.", RoundTripTimeout);
        var answer = await calls.CallAsync(
            target, GetParameters, new GetParametersRequest { Names = names, WithDecryption = true }, role, cancellationToken);
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var parameter in (answer.Parameters ?? []).Where(parameter => parameter is { Value: not null }))
        {
            foreach (var name in NamesOf(parameter))
            {
                values[name] = parameter.Value!;
            }
        }

        return new ParameterValues(values.ToImmutable(), [.. answer.InvalidParameters ?? []]);
    }

    /// <summary>It answers with the bare name whatever was asked for, so that an ARN or a version has to be found again.</summary>
    private static IEnumerable<string> NamesOf(Parameter parameter) =>
        new[] { parameter.Name, parameter.Arn }.OfType<string>()
            .SelectMany(name => string.IsNullOrEmpty(parameter.Selector) ? [name] : new[] { name, name + parameter.Selector });
}
