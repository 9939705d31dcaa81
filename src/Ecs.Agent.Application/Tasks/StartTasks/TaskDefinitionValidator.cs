using Ecs.Agent.Domain.Tasks;
using FluentValidation;

namespace Ecs.Agent.Application.Tasks.StartTasks;

/// <summary>What a task must have before anything can be done with it. All problems are told at once.</summary>
internal sealed class TaskDefinitionValidator : AbstractValidator<TaskDefinition>
{
    public TaskDefinitionValidator()
    {
        RuleFor(task => task.Arn)
            .Must(arn => arn.StartsWith("arn:", StringComparison.Ordinal) && arn.Contains(":task/", StringComparison.Ordinal))
            .WithMessage("arn: must have the form arn:partition:ecs:region:account:task/cluster/id");
        RuleFor(task => task.Containers)
            .Must(containers => !containers.IsDefaultOrEmpty)
            .WithMessage("containers: a task needs at least one container");
        RuleFor(task => task.Containers)
            .Must(containers => containers.IsDefaultOrEmpty || containers.DistinctBy(c => c.Name).Count() == containers.Length)
            .WithMessage("containers: names must be unique within the task");
        RuleForEach(task => task.Containers)
            .Must(container => container.Name.Length > 0 && container.Image.Length > 0)
            .WithMessage("containers: every container needs a name and an image");
    }
}
