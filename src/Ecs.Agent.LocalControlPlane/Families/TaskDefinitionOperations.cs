using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Families;

/// <summary>RegisterTaskDefinition, DescribeTaskDefinition, ListTaskDefinitions, DeregisterTaskDefinition.</summary>
internal sealed class TaskDefinitionOperations(
    ControlPlaneStore store, ResourceNames names, LocalControlPlaneOptions options, TimeProvider time)
{
    public RegisterTaskDefinitionResponse Register(RegisterTaskDefinitionRequest request)
    {
        var problems = TaskDefinitionValidator.Validate(request);
        if (!problems.IsEmpty)
        {
            throw EcsErrors.Client(string.Join("\n", problems.Select(problem => $"{problem.Path}: {problem.Message}")));
        }

        var registered = store.Update(state => Register(state, request));
        return new RegisterTaskDefinitionResponse { TaskDefinition = registered.Definition, Tags = registered.Tags };
    }

    public DescribeTaskDefinitionResponse Describe(DescribeTaskDefinitionRequest request)
    {
        var found = DefinitionName.Parse(request.TaskDefinition ?? throw EcsErrors.Missing("taskDefinition"))?.FindIn(store.Current)
            ?? throw EcsErrors.NotDescribed();
        return new DescribeTaskDefinitionResponse
        {
            TaskDefinition = found.Definition,
            Tags = request.Include?.Contains("TAGS") == true ? found.Tags : [],
        };
    }

    public ListTaskDefinitionsResponse List(ListTaskDefinitionsRequest request)
    {
        var status = request.Status ?? RegisteredTaskDefinition.Active;
        var families = store.Current.Families.Values
            .Where(family => request.FamilyPrefix is null || family.Name == request.FamilyPrefix)
            .OrderBy(family => family.Name, StringComparer.Ordinal);
        var arns = families
            .SelectMany(family => family.Revisions)
            .Where(revision => revision.Definition.Status == status)
            .Select(revision => revision.Arn);
        var (page, next) = Paging.Of(request.Sort == "DESC" ? arns.Reverse() : arns, request.NextToken, request.MaxResults);
        return new ListTaskDefinitionsResponse { TaskDefinitionArns = page, NextToken = next };
    }

    /// <summary>An INACTIVE revision stays describable; only new tasks are refused.</summary>
    public DeregisterTaskDefinitionResponse Deregister(DeregisterTaskDefinitionRequest request)
    {
        var text = request.TaskDefinition ?? throw EcsErrors.Missing("taskDefinition");
        if (DefinitionName.Parse(text) is not { Revision: not null } name)
        {
            throw EcsErrors.InvalidParameter(
                "The family and revision of the task definition must be given (family:revision) or its full ARN.");
        }

        var registered = store.Update(state => Deregister(state, name));
        return new DeregisterTaskDefinitionResponse { TaskDefinition = registered.Definition };
    }

    private (ControlPlaneState State, RegisteredTaskDefinition Registered) Register(
        ControlPlaneState state, RegisterTaskDefinitionRequest request)
    {
        var family = state.Families.GetValueOrDefault(request.Family!) ?? new TaskDefinitionFamily(request.Family!, []);
        var revision = family.NextRevision;
        var arn = names.TaskDefinition(family.Name, revision);
        var definition = TaskDefinitionRegistration.Register(request, arn, revision, time.GetUtcNow(), names.RootUser);
        var adaptation = LocalAdaptation.Of(definition, options.LoggingDrivers);
        var registered = new RegisteredTaskDefinition(definition, adaptation, [.. request.Tags ?? []]);
        return (state.With(family.With(registered)), registered);
    }

    private (ControlPlaneState State, RegisteredTaskDefinition Registered) Deregister(ControlPlaneState state, DefinitionName name)
    {
        var known = name.FindIn(state) ?? throw EcsErrors.Client("The specified task definition does not exist.");
        if (!known.IsActive)
        {
            return (state, known);
        }

        var inactive = known with
        {
            Definition = known.Definition with { Status = RegisteredTaskDefinition.Inactive, DeregisteredAt = time.GetUtcNow() },
        };
        return (state.With(state.Families[name.Family].With(inactive)), inactive);
    }
}
