namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>Where a definition may be run.</summary>
public enum CheckTarget
{
    /// <summary>This machine, under the local ECS.</summary>
    Local,

    /// <summary>Container instances on EC2.</summary>
    Ec2,

    /// <summary>Fargate.</summary>
    Fargate,

    /// <summary>External instances (ECS Anywhere).</summary>
    External,
}
