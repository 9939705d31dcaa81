using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;

/// <summary>Task-level members that only AWS can honour and that a program can run without.</summary>
internal static class TaskAdaptation
{
    public static TaskDefinition Apply(TaskDefinition definition, ImmutableArray<AdaptationNote>.Builder notes)
    {
        Note(definition.TaskRoleArn is not null, "taskRoleArn",
            "No AWS account here: the role is not assumed, containers get no credentials.");
        Note(definition.ExecutionRoleArn is not null, "executionRoleArn",
            "No AWS account here: the role is not assumed, images are pulled without ECR credentials.");
        Note(definition.EphemeralStorage is not null, "ephemeralStorage",
            "Containers share the disk of this machine; the size is not enforced.");
        Note(definition.ProxyConfiguration is not null, "proxyConfiguration",
            "No App Mesh here: traffic is not redirected through the proxy container.");
        Note(definition.EnableFaultInjection == true, "enableFaultInjection", "Fault injection is not offered here.");
        Note(definition.InferenceAccelerators is { Count: > 0 }, "inferenceAccelerators",
            "No Elastic Inference here: no accelerator is attached.");
        return definition with
        {
            TaskRoleArn = null,
            ExecutionRoleArn = null,
            EphemeralStorage = null,
            ProxyConfiguration = null,
            EnableFaultInjection = null,
            InferenceAccelerators = null,
        };

        void Note(bool given, string path, string message)
        {
            if (given)
            {
                notes.Add(new AdaptationNote(path, message));
            }
        }
    }
}
