using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>Carries out the steps that get a container's image, as the pull behaviour wants it.</summary>
internal sealed partial class ImageSteps(
    IImageStore images,
    ImageFacts facts,
    PulledImages pulled,
    AgentOptions options,
    IPullObserver pullObserver,
    TimeProvider time,
    ILogger<ImageSteps> logger)
{
    public async Task<TaskEvent> ResolveManifestAsync(StepRun run, CancellationToken cancellationToken)
    {
        var image = run.Container.Definition.Image;
        try
        {
            if (await FindUsableAsync(image, cancellationToken).ConfigureAwait(false) is { } local)
            {
                return Resolved(run, ImageDigests.In(image) ?? ImageDigests.Among(image, local.RepoDigests), pullRequired: false);
            }

            pullObserver.OnRegistryAsked(run.Task.Arn, run.Step.Subject, image);
            var digest = ImageDigests.In(image) ?? await images.ResolveDigestAsync(image, cancellationToken).ConfigureAwait(false);
            return Resolved(run, digest, pullRequired: true);
        }
        catch (RuntimeException e)
        {
            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<TaskEvent> PullAsync(StepRun run, CancellationToken cancellationToken)
    {
        var image = run.Container.Definition.Image;
        run.Post(new TaskEvent.PullBegan(time.GetUtcNow(), run.Step.Subject));
        try
        {
            var progress = new PullRelay(run.Task.Arn, run.Step.Subject, pullObserver);
            await images.PullAsync(image, ((TaskStep.PullImage)run.Step).Digest, progress, cancellationToken).ConfigureAwait(false);
            facts.Forget(image);
            pulled.Add(image);
            return new TaskEvent.ImagePulled(time.GetUtcNow(), run.Step.Subject);
        }
        catch (RuntimeException e)
        {
            return await FailAsync(run, e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The copy on this machine, where the pull behaviour is content with it.</summary>
    private async Task<LocalImage?> FindUsableAsync(string image, CancellationToken cancellationToken)
    {
        var content = options.ImagePullBehavior switch
        {
            ImagePullBehavior.PreferCached => true,
            ImagePullBehavior.Once => pulled.Contains(image),
            ImagePullBehavior.Default or ImagePullBehavior.Always => false,
        };
        if (!content || await images.FindAsync(image, cancellationToken).ConfigureAwait(false) is not { } local)
        {
            return null;
        }

        facts.Learn(image, local);
        return local;
    }

    private TaskEvent.ManifestResolved Resolved(StepRun run, string? digest, bool pullRequired) =>
        new(time.GetUtcNow(), run.Step.Subject, digest, pullRequired);

    /// <summary>
    /// With <c>default</c> and <c>prefer-cached</c> the task goes on with what is here, and creation tells whether that is enough.
    /// </summary>
    private async Task<TaskEvent> FailAsync(StepRun run, RuntimeException e, CancellationToken cancellationToken)
    {
        LogFailed(run.Task.Arn, run.Step.Kind, run.Container.Definition.Image, e.Message);
        if (e.Kind == RuntimeFailureKind.Unreachable)
        {
            return await RuntimeOutage.WaitAsync(time, cancellationToken).ConfigureAwait(false);
        }

        var fatal = options.ImagePullBehavior is ImagePullBehavior.Always or ImagePullBehavior.Once;
        return new TaskEvent.StepFailed(time.GetUtcNow(), run.Step.Subject, run.Step.Kind, e.Error, fatal);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskArn}: {Step} of image {Image} failed: {Problem}")]
    private partial void LogFailed(string taskArn, TaskStepKind step, string image, string problem);

    private sealed class PullRelay(string taskArn, string container, IPullObserver observer) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => observer.OnProgress(taskArn, container, value);
    }
}
